import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { useSession, type Role } from '../../api/session.ts';
import type { UserView } from '../../api/types.ts';
import { focusFirstInvalid } from '../../ui/first-invalid.ts';
import { complaint, isAllOf } from '../../ui/field-problem.ts';
import { FormDialog, FormFailure, TextField } from '../../ui/index.ts';
import { RoleField } from './role-field.tsx';
import { invite } from './user-queries.ts';
import { WorkspaceField } from './workspace-field.tsx';

type Props = {
  /** Undefined where any may be chosen. */
  readonly workspaceId: string | undefined;
  readonly onClose: () => void;
  readonly onInvited: (user: UserView) => void;
};

/** Somebody new: they get a mail with a link to choose a password. */
export function InviteDialog({ workspaceId, onClose, onInvited }: Props): JSX.Element {
  const session = useSession();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [place, setPlace] = useState(workspaceId ?? session.workspaceId);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isRoot = session.role === 'operator' && place === session.workspaceId;
  const inviting = useMutation({
    mutationFn: () => invite({ email: email.trim(), name: name.trim(), role, workspaceId: place }),
    onSuccess: (user) => {
      onInvited(user);
      onClose();
    },
    onError: () => focusFirstInvalid(form.current),
  });
  const { error } = inviting;
  const isTaken = error instanceof ApiProblem && error.status === 409;
  const missing = {
    email: !/^\S+@\S+$/.test(email.trim()) ? 'Enter an e-mail address, for example ana@company.example.' : undefined,
    name: name.trim() === '' ? 'Enter a name.' : undefined,
    place: place === '' ? 'Choose a workspace.' : undefined,
  };
  const submit = (): void => {
    setChecked(true);
    focusFirstInvalid(form.current);
    if (Object.values(missing).every((one) => one === undefined)) inviting.mutate();
  };
  const wrong = (field: 'email' | 'name' | 'place'): string | undefined => (isChecked ? missing[field] : undefined);
  return (
    <FormDialog
      title="Invite user"
      action="Invite"
      isPending={inviting.isPending}
      isDismissable={email === '' && name === ''}
      onClose={onClose}
      onSubmit={submit}
      formRef={form}
    >
      {error !== null && !isTaken && !isAllOf(error, ['email', 'name', 'role', 'workspaceId']) && (
        <FormFailure error={error} title="The user could not be invited" />
      )}
      <TextField
        label="E-mail"
        type="email"
        value={email}
        onChange={setEmail}
        error={wrong('email') ?? (isTaken ? error.detail : complaint(error, 'email', 'The address'))}
        description="A link to choose a password is sent there. It is good for seven days."
        autoComplete="off"
        isRequired
        autoFocus
      />
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={wrong('name') ?? complaint(error, 'name', 'The name')}
        autoComplete="off"
        maxLength={200}
        isRequired
      />
      {workspaceId === undefined && (
        <WorkspaceField
          value={place}
          onChange={(chosen) => {
            setPlace(chosen ?? '');
            if (chosen !== session.workspaceId && role === 'operator') setRole('owner');
          }}
          error={wrong('place') ?? complaint(error, 'workspaceId', 'This')}
        />
      )}
      <RoleField
        own={session.role}
        isRoot={isRoot}
        value={role}
        onChange={setRole}
        error={complaint(error, 'role', 'The role')}
      />
    </FormDialog>
  );
}
