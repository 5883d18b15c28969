import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { useSession } from '../../api/session.ts';
import type { UserView } from '../../api/types.ts';
import { focusFirstInvalid } from '../../ui/first-invalid.ts';
import { complaint, isAllOf } from '../../ui/field-problem.ts';
import { Banner, FormDialog, FormFailure, TextField } from '../../ui/index.ts';
import { RoleField } from './role-field.tsx';
import { change, nameOf } from './user-queries.ts';

type Props = {
  readonly user: UserView;
  readonly onClose: () => void;
  readonly onChanged: (user: UserView) => void;
};

/** Another name, another role. A role holds from the next request on, in sessions that are open too. */
export function ChangeDialog({ user, onClose, onChanged }: Props): JSX.Element {
  const session = useSession();
  const [name, setName] = useState(user.name);
  const [role, setRole] = useState(user.role);
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const isMine = session.user?.id === user.id;
  const changing = useMutation({
    mutationFn: () =>
      change(user, {
        ...(name.trim() === user.name ? {} : { name: name.trim() }),
        ...(role === user.role ? {} : { role }),
      }),
    onSuccess: (changed) => {
      onChanged(changed);
      onClose();
    },
    onError: () => focusFirstInvalid(form.current),
  });
  const { error } = changing;
  // The first administrator has no name, and needs none.
  const missing = name.trim() === '' && user.name !== '' ? 'Enter a name.' : undefined;
  const isSame = name.trim() === user.name && role === user.role;
  const submit = (): void => {
    setChecked(true);
    focusFirstInvalid(form.current);
    if (missing === undefined && !isSame) changing.mutate();
  };
  return (
    <FormDialog
      title={`Change ${nameOf(user)}`}
      action="Save"
      isPending={changing.isPending}
      isDismissable={isSame}
      disabledReason={isSame ? 'Nothing is changed yet.' : undefined}
      onClose={onClose}
      onSubmit={submit}
      formRef={form}
    >
      {error !== null && !isAllOf(error, ['name', 'role']) && (
        <FormFailure error={error} title="The user could not be changed" />
      )}
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        error={(isChecked ? missing : undefined) ?? complaint(error, 'name', 'The name')}
        autoComplete="off"
        maxLength={200}
        autoFocus
      />
      <RoleField
        own={session.role}
        isRoot={user.role === 'operator' || (session.role === 'operator' && user.workspaceId === session.workspaceId)}
        value={role}
        onChange={setRole}
        error={complaint(error, 'role', 'The role')}
      />
      {isMine && role !== user.role && (
        <Banner tone="warn" title="This is your own role">
          You lose what it may do at once, and only somebody else can give it back.
        </Banner>
      )}
    </FormDialog>
  );
}
