import type { JSX } from 'react';
import { useController, useWatch } from 'react-hook-form';
import type { VersionView, WebhookView } from '../../api/types.ts';
import { Link, RadioGroup } from '../../ui/index.ts';
import { webhookState } from '../../words/states.ts';
import { longDate } from '../../words/times.ts';
import { FormCheckbox, FormSection } from './form-fields.tsx';
import type { FormValues, Mode } from './form-values.ts';

type Props = {
  readonly workspaceId: string;
  readonly mode: Mode;
  readonly webhook: WebhookView | undefined;
  /** Newest first. */
  readonly versions: readonly VersionView[];
  /** Those of them that a webhook can be enabled on. */
  readonly live: readonly VersionView[];
};

export function VersionSection({ workspaceId, mode, webhook, versions, live }: Props): JSX.Element {
  const { field, fieldState } = useController<FormValues, 'version'>({ name: 'version' });
  const isEnabled = useWatch<FormValues, 'isEnabled'>({ name: 'isEnabled' });
  const own = mode.kind === 'edit' ? webhook?.version : undefined;
  const ended = own === undefined || live.some(({ name }) => name === own) ? [] : [own];
  const isLive = live.some(({ name }) => name === field.value);
  return (
    <FormSection title={mode.kind === 'draft' ? 'Version' : 'Version and status'}>
      <RadioGroup
        label="Version"
        name={field.name}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        error={fieldState.error?.message}
        description="The shape of the payloads. It stays on its version until somebody moves it, or that version ends."
        options={[
          ...live.map((version) => ({ value: version.name, label: labelOf(version), description: endOf(version) })),
          ...ended.map((name) => ({
            value: name,
            label: `${name} (ended)`,
            description: endOf(versions.find((version) => version.name === name)),
          })),
        ]}
      />
      {own !== undefined && field.value !== own && mode.kind === 'edit' && (
        <p className="small" role="status">
          Alerts change their shape as soon as this is saved. In{' '}
          <Link to="/w/$workspaceId/webhooks/$webhookId/draft/edit" params={{ workspaceId, webhookId: mode.webhookId }}>
            a draft
          </Link>{' '}
          you can compare and test it first.
        </p>
      )}
      {mode.kind !== 'draft' && (
        <FormCheckbox name="isEnabled" description={statusHint(webhook, isLive)} isDisabled={!isLive && !isEnabled}>
          Enabled
        </FormCheckbox>
      )}
    </FormSection>
  );
}

const labelOf = ({ name, status }: VersionView): string => (status === 'current' ? `${name} (latest)` : name);

function endOf(version: VersionView | undefined): string | undefined {
  if (version === undefined) return undefined;
  if (version.expiresAt === null) return 'No end date yet';
  return `${version.status === 'expired' ? 'Ended' : 'Ends'} on ${longDate(version.expiresAt)}`;
}

function statusHint(webhook: WebhookView | undefined, isLive: boolean): string {
  if (!isLive) return 'Its version has ended. Choose a live version to enable it.';
  if (webhook?.status === 'disabled')
    return `It is off now (${webhookState(webhook).word.toLowerCase()}). What it holds stays held.`;
  return 'While it is disabled, events are not sent to it. Its configuration and history are kept.';
}
