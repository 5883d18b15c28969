import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { roleNames, useSession, type Role } from '../../api/session.ts';
import type { Answer } from '../../api/types.ts';
import { focusFirstInvalid } from '../../ui/first-invalid.ts';
import { complaint, isAllOf } from '../../ui/field-problem.ts';
import { FormDialog, FormFailure, RadioGroup, Select, TextField } from '../../ui/index.ts';
import { expiries, originError, sessions, type Seconds } from './link-options.ts';
import { roleWords } from './roles.ts';
import { WorkspaceField } from './workspace-field.tsx';

export type IssuedLink = Answer<'/workspaces/{id}/console-links', 'post'>;

type LinkRole = Exclude<Role, 'operator'>;
const linkRoles: readonly LinkRole[] = ['viewer', 'webhook-admin', 'owner'];

type Props = {
  /** Undefined where any may be chosen. */
  readonly workspaceId: string | undefined;
  readonly onClose: () => void;
  readonly onIssued: (link: IssuedLink) => void;
};

/** A URL that lets one person in without a password, once. */
export function ConsoleLinkDialog({ workspaceId, onClose, onIssued }: Props): JSX.Element {
  const session = useSession();
  const [place, setPlace] = useState(workspaceId ?? session.workspaceId);
  const [role, setRole] = useState<LinkRole>('viewer');
  const [label, setLabel] = useState('');
  const [expiry, setExpiry] = useState<Seconds>('300');
  const [length, setLength] = useState<Seconds>('3600');
  const [origin, setOrigin] = useState('');
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const wrongOrigin = originError(origin);
  const issuing = useMutation({
    mutationFn: () =>
      read(
        api.POST('/workspaces/{id}/console-links', {
          params: { path: { id: place } },
          body: {
            role,
            label: label.trim(),
            expiresInSeconds: Number(expiry),
            sessionSeconds: Number(length),
            ...(origin.trim() === '' ? {} : { embedIn: origin.trim() }),
          },
        }),
      ),
    onSuccess: onIssued,
    onError: () => focusFirstInvalid(form.current),
    // The answer lets somebody in: it is kept where it is shown, and nowhere else.
    gcTime: 0,
  });
  const { error } = issuing;
  const submit = (): void => {
    setChecked(true);
    focusFirstInvalid(form.current);
    if (wrongOrigin === undefined && place !== '') issuing.mutate();
  };
  return (
    <FormDialog
      title="Console link"
      action="Make link"
      isPending={issuing.isPending}
      onClose={onClose}
      onSubmit={submit}
      formRef={form}
    >
      <p className="muted">
        Lets one person into the console without a password. It opens once, and shows this workspace and all below it.
      </p>
      {error !== null && !isAllOf(error, ['label', 'role', 'embedIn']) && (
        <FormFailure error={error} title="The link could not be made" />
      )}
      {workspaceId === undefined && (
        <WorkspaceField
          value={place}
          onChange={(chosen) => setPlace(chosen ?? '')}
          error={isChecked && place === '' ? 'Choose a workspace.' : undefined}
        />
      )}
      <TextField
        label="Label"
        value={label}
        onChange={setLabel}
        description="Whom it is for. The activity log tells it."
        error={complaint(error, 'label', 'The label')}
        maxLength={200}
        autoFocus
      />
      <RadioGroup
        label="Role"
        options={linkRoles.map((value) => ({ value, label: roleNames[value], description: roleWords[value] }))}
        value={role}
        onChange={setRole}
        error={complaint(error, 'role', 'The role')}
      />
      <div className="row gap-4">
        <Select label="Can be opened for" options={expiries} value={expiry} onChange={setExpiry} />
        <Select label="Signed in for" options={sessions} value={length} onChange={setLength} />
      </div>
      <TextField
        label="Embed in"
        type="url"
        value={origin}
        onChange={setOrigin}
        placeholder="https://portal.example"
        description="Only if it is opened in a frame: the origin of the page around it."
        error={(isChecked ? wrongOrigin : undefined) ?? complaint(error, 'embedIn', 'The origin')}
        autoComplete="off"
        spellCheck="false"
      />
    </FormDialog>
  );
}
