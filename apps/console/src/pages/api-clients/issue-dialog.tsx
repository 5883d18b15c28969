import { useMutation } from '@tanstack/react-query';
import { useRef, useState, type JSX } from 'react';
import { useSession } from '../../api/session.ts';
import type { Body } from '../../api/types.ts';
import { focusFirstInvalid } from '../../ui/first-invalid.ts';
import { complaint, isAllOf } from '../../ui/field-problem.ts';
import { FormDialog, FormFailure, TextField } from '../../ui/index.ts';
import { issue, type IssuedClient } from './client-queries.ts';
import { ScopeChoices } from './scope-choices.tsx';

type Scopes = Body<'/api-clients', 'post'>['scopes'];
type Props = {
  readonly workspaceId: string;
  readonly onClose: () => void;
  readonly onIssued: (client: IssuedClient) => void;
};

/** A program that may use the API. Nobody hands out more than they hold. */
export function IssueDialog({ workspaceId, onClose, onIssued }: Props): JSX.Element {
  const session = useSession();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<ReadonlySet<string>>(new Set());
  const [isChecked, setChecked] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const issuing = useMutation({
    mutationFn: () => issue({ name: name.trim(), workspaceId, scopes: [...scopes] as Scopes }),
    onSuccess: onIssued,
    onError: () => focusFirstInvalid(form.current),
    // The answer has the secret: it is kept where it is shown, and nowhere else.
    gcTime: 0,
  });
  const { error } = issuing;
  const noName = name.trim() === '' ? 'Enter a name.' : undefined;
  const noScope = scopes.size === 0 ? 'Choose at least one.' : undefined;
  const submit = (): void => {
    setChecked(true);
    focusFirstInvalid(form.current);
    if (noName === undefined && noScope === undefined) issuing.mutate();
  };
  return (
    <FormDialog
      title="Issue API client"
      action="Issue"
      isPending={issuing.isPending}
      isDismissable={name === '' && scopes.size === 0}
      onClose={onClose}
      onSubmit={submit}
      formRef={form}
    >
      {error !== null && !isAllOf(error, ['name', 'scopes']) && (
        <FormFailure error={error} title="The API client could not be issued" />
      )}
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        description="Of the program that will use it, such as Billing service."
        error={(isChecked ? noName : undefined) ?? complaint(error, 'name', 'The name')}
        autoComplete="off"
        maxLength={200}
        isRequired
        autoFocus
      />
      <p className="muted small">
        It acts in workspace <code>{workspaceId}</code> and all below it.
      </p>
      <ScopeChoices
        scopes={session.scopes}
        chosen={scopes}
        onChange={setScopes}
        error={(isChecked ? noScope : undefined) ?? complaint(error, 'scopes', 'It cannot be issued:')}
      />
    </FormDialog>
  );
}
