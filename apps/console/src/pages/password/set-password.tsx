import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { Answer } from '../../api/types.ts';
import { homeOf } from '../../app/access.ts';
import { keys } from '../../live/keys.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Front } from '../../front/front.tsx';
import { PasswordField } from '../../front/password-field.tsx';
import { passwordProblem, repeatProblem, SHORTEST_PASSWORD } from '../../front/password-rules.ts';

type Props = { readonly token: string; readonly link: Answer<'/password-links/check', 'post'> };

export function SetPassword({ token, link }: Props): JSX.Element {
  const isInvitation = link.purpose === 'invitation';
  const [name, setName] = useState(link.name);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setChecked] = useState(false);
  const client = useQueryClient();
  const router = useRouter();
  const redeem = useMutation({
    mutationFn: () =>
      read(
        api.POST('/password-links/redeem', {
          body: { token, password, ...(isInvitation && name.trim() !== '' ? { name: name.trim() } : {}) },
        }),
      ),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(keys.session, session);
      await router.navigate({ ...homeOf(session), replace: true });
    },
  });
  const problem = redeem.error instanceof ApiProblem ? redeem.error : undefined;
  const tooWeak = isChecked ? passwordProblem(password) : undefined;
  const differs = isChecked ? repeatProblem(password, again) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setChecked(true);
    if (passwordProblem(password) === undefined && repeatProblem(password, again) === undefined) redeem.mutate();
  };
  return (
    <Front title={isInvitation ? 'Welcome to Carillon' : 'Set a new password'}>
      <p className="muted">
        {isInvitation ? 'Set a password for ' : 'For '}
        <span className="strong">{link.email}</span>.
      </p>
      {redeem.isError && !problem?.messageOf('password') && <ErrorPanel error={redeem.error} />}
      <form className="stack gap-4" onSubmit={submit} noValidate>
        {/* Password managers keep the password under this name. */}
        <input type="hidden" name="username" autoComplete="username" value={link.email} readOnly />
        {isInvitation && <TextField label="Name" name="name" autoComplete="name" value={name} onChange={setName} />}
        <PasswordField
          label="New password"
          name="password"
          autoComplete="new-password"
          value={password}
          onChange={setPassword}
          description={`At least ${SHORTEST_PASSWORD} characters. Several words are good.`}
          error={tooWeak ?? problem?.messageOf('password')}
          autoFocus
        />
        <PasswordField
          label="The same again"
          name="again"
          autoComplete="new-password"
          value={again}
          onChange={setAgain}
          error={differs}
        />
        <Button type="submit" kind="primary" isPending={redeem.isPending}>
          {isInvitation ? 'Set password and sign in' : 'Set password'}
        </Button>
      </form>
    </Front>
  );
}
