import { useMutation } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { api } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { toast } from '../../ui/toasts.tsx';
import { PasswordField } from '../../front/password-field.tsx';
import { passwordProblem, repeatProblem, SHORTEST_PASSWORD } from '../../front/password-rules.ts';

export default function ChangePassword({ onClose }: { onClose: () => void }): JSX.Element {
  const [current, setCurrent] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [isChecked, setChecked] = useState(false);
  const change = useMutation({
    mutationFn: () => api.POST('/session/change-password', { body: { current, password } }),
    onSuccess: () => {
      toast('Password changed', { detail: 'Your other sessions have ended.' });
      onClose();
    },
  });
  const problem = change.error instanceof ApiProblem ? change.error : undefined;
  const isWrong = problem !== undefined && (problem.status === 401 || problem.messageOf('current') !== undefined);
  const submit = (): void => {
    setChecked(true);
    if (current !== '' && passwordProblem(password) === undefined && repeatProblem(password, again) === undefined)
      change.mutate();
  };
  const missing = isChecked && current === '' ? 'Enter your current password.' : undefined;
  return (
    <FormDialog
      title="Change password"
      action="Change password"
      isPending={change.isPending}
      onClose={onClose}
      onSubmit={submit}
    >
      {change.isError && !isWrong && !problem?.messageOf('password') && <ErrorPanel error={change.error} />}
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        value={current}
        onChange={setCurrent}
        error={isWrong ? 'This is not your current password.' : missing}
        autoFocus
      />
      <PasswordField
        label="New password"
        autoComplete="new-password"
        value={password}
        onChange={setPassword}
        description={`At least ${SHORTEST_PASSWORD} characters.`}
        error={(isChecked ? passwordProblem(password) : undefined) ?? problem?.messageOf('password')}
      />
      <PasswordField
        label="The same again"
        autoComplete="new-password"
        value={again}
        onChange={setAgain}
        error={isChecked ? repeatProblem(password, again) : undefined}
      />
    </FormDialog>
  );
}
