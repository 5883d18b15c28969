import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useState, type FormEvent, type JSX } from 'react';
import { homeOf } from '../../app/access.ts';
import { backTo } from '../../app/back-to.ts';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { keys } from '../../live/keys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Link } from '../../ui/link.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Front } from '../../front/front.tsx';
import { PasswordField } from '../../front/password-field.tsx';
import { useCountdown } from '../../front/use-countdown.ts';

const route = getRouteApi('/sign-in');

const reasons = {
  ended: 'Your session has ended. Sign in again to go on where you were.',
  'signed-out': 'You are signed out.',
  everywhere: 'You are signed out in every browser.',
  password: 'Your password was changed. Sign in with the new one.',
} as const;

export default function SignIn(): JSX.Element {
  const { to, reason } = route.useSearch();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [secondsLeft, wait] = useCountdown();
  const client = useQueryClient();
  const router = useRouter();
  const signIn = useMutation({
    mutationFn: () => read(api.POST('/session', { body: { email: email.trim(), password } })),
    onSuccess: async (session) => {
      client.clear();
      client.setQueryData(keys.session, session);
      const back = backTo(to);
      if (back !== undefined) await router.navigate({ href: back, replace: true });
      else await router.navigate({ ...homeOf(session), replace: true });
    },
    onError: (error) => {
      setPassword('');
      if (error instanceof ApiProblem && error.status !== 401 && error.retryAfter !== null) wait(error.retryAfter);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (secondsLeft === 0 && !signIn.isPending) signIn.mutate();
  };
  const isRefused = signIn.error instanceof ApiProblem && [400, 401].includes(signIn.error.status);
  return (
    <Front title="Sign in">
      {reason !== undefined && !signIn.isError && (
        <Banner tone="info" role="status">
          {reasons[reason]}
        </Banner>
      )}
      {secondsLeft > 0 ? (
        <Banner tone="warn" role="alert" title="Too many attempts">
          Try again in {secondsLeft} s.
        </Banner>
      ) : isRefused ? (
        <Banner tone="bad" role="alert">
          E-mail or password is not right.
        </Banner>
      ) : (
        signIn.isError && <ErrorPanel error={signIn.error} />
      )}
      <form className="stack gap-4" onSubmit={submit} noValidate>
        <TextField
          label="E-mail"
          type="email"
          name="email"
          autoComplete="username"
          value={email}
          onChange={setEmail}
          isRequired
          autoFocus
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button
          type="submit"
          kind="primary"
          isPending={signIn.isPending}
          disabledReason={secondsLeft > 0 ? `Wait ${secondsLeft} s.` : undefined}
        >
          Sign in
        </Button>
      </form>
      <p className="small">
        <Link to="/forgot">Forgot your password?</Link>
      </p>
    </Front>
  );
}
