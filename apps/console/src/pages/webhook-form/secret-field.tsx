import { useEffect, useState, type JSX } from 'react';
import { useController, useFormContext, useWatch } from 'react-hook-form';
import { Button, CopyButton, Icon, IconButton, Link, TextField } from '../../ui/index.ts';
import type { FormValues, Mode } from './form-values.ts';
import { isWeakSecret, makeSecret } from '../../webhooks/secret-rules.ts';

type Props = {
  readonly workspaceId: string;
  readonly mode: Mode;
  /** What the webhook has; undefined for a new one. */
  readonly stored: string | undefined;
};

export function SecretField({ workspaceId, mode, stored }: Props): JSX.Element {
  const { setValue, clearErrors } = useFormContext<FormValues>();
  const hasNewSecret = useWatch<FormValues, 'hasNewSecret'>({ name: 'hasNewSecret' });
  const change = (hasNew: boolean): void => {
    setValue('secret', '', { shouldDirty: true });
    setValue('hasNewSecret', hasNew, { shouldDirty: true });
    clearErrors('secret');
  };
  if (stored !== undefined && !hasNewSecret) return <StoredSecret secret={stored} onReplace={() => change(true)} />;
  return (
    <div className="stack gap-2">
      <NewSecret isReplacing={stored !== undefined} />
      {stored !== undefined && mode.kind !== 'create' && (
        <div className="stack gap-2 small">
          <p>
            {mode.kind === 'edit'
              ? 'It replaces the stored secret as soon as it is saved. '
              : 'It replaces the stored secret when the draft is published. '}
            <Link
              to="/w/$workspaceId/webhooks/$webhookId"
              params={{ workspaceId, webhookId: mode.webhookId }}
              search={{ tab: 'configuration' }}
            >
              Rotate with overlap
            </Link>{' '}
            instead, and the old one still signs for as long as you need to change the receiver.
          </p>
          <div>
            <Button size="small" onPress={() => change(false)}>
              Keep the stored secret
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

function NewSecret({ isReplacing }: { isReplacing: boolean }): JSX.Element {
  const { field, fieldState } = useController<FormValues, 'secret'>({ name: 'secret' });
  const [isShown, setShown] = useState(false);
  const generate = (): void => {
    field.onChange(makeSecret());
    setShown(true);
  };
  return (
    <TextField
      label={isReplacing ? 'New Authentication Secret' : 'Authentication Secret'}
      name={field.name}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
      type={isShown ? 'text' : 'password'}
      isRequired
      isMono
      autoComplete="new-password"
      spellCheck="false"
      autoFocus={isReplacing}
      description="Receivers verify alerts with it. Store it there as well."
      hint={
        <div role="status">
          {isWeakSecret(field.value) && (
            <p className="form-hint">
              <Icon name="info" />
              <span>Short secrets can be guessed. Generate makes one of 32 random bytes.</span>
            </p>
          )}
        </div>
      }
      after={
        <>
          <IconButton
            icon={isShown ? 'eyeOff' : 'eye'}
            size="small"
            label={isShown ? 'Hide secret' : 'Show secret'}
            onPress={() => setShown(!isShown)}
          />
          {field.value !== '' && <CopyButton text={field.value} label="Copy secret" />}
          <Button size="small" icon="key" onPress={generate}>
            Generate
          </Button>
        </>
      }
    />
  );
}

const MASKED = '•'.repeat(16);
const SHOWN_MS = 30_000;

function StoredSecret({ secret, onReplace }: { secret: string; onReplace: () => void }): JSX.Element {
  const [isShown, setShown] = useState(false);
  useEffect(() => {
    if (!isShown) return undefined;
    const timer = setTimeout(() => setShown(false), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isShown]);
  return (
    <div className="field">
      <span className="field-label">Authentication Secret</span>
      <div className="row">
        <code className="stored-secret">{isShown ? secret : MASKED}</code>
        <IconButton
          icon={isShown ? 'eyeOff' : 'eye'}
          size="small"
          label={isShown ? 'Hide secret' : 'Show secret'}
          onPress={() => setShown(!isShown)}
        />
        <CopyButton text={secret} label="Copy secret" />
        <Button size="small" onPress={onReplace}>
          Replace secret
        </Button>
      </div>
      <span className="field-description">
        The stored secret stays unless you replace it. What is shown is hidden again after 30 seconds.
      </span>
    </div>
  );
}
