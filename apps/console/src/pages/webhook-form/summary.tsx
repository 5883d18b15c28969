import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useFormState, useWatch } from 'react-hook-form';
import type { VersionView, WebhookView } from '../../api/types.ts';
import { Button, modKey, PlainText } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { date } from '../../words/times.ts';
import { workspacesInWords } from './form-words.ts';
import { belowQuery } from './form-queries.ts';
import type { FormValues, Mode } from './form-values.ts';

type Props = {
  readonly workspaceId: string;
  readonly mode: Mode;
  readonly webhook: WebhookView | undefined;
  readonly live: readonly VersionView[];
  readonly onCancel: () => void;
};

/** What will be there once it is saved, and the buttons. */
export function Summary({ workspaceId, mode, webhook, live, onCancel }: Props): JSX.Element {
  const [url, triggers, isApplied, version, isEnabled] = useWatch<
    FormValues,
    ['url', 'triggers', 'applyToAllDescendants', 'version', 'isEnabled']
  >({ name: ['url', 'triggers', 'applyToAllDescendants', 'version', 'isEnabled'] });
  const { isDirty, isSubmitting } = useFormState<FormValues>();
  const { data: below } = useQuery({ ...belowQuery(workspaceId), enabled: isApplied });
  const chosen = live.find(({ name }) => name === version);
  return (
    <aside aria-label="Summary" className="card is-padded stack gap-4">
      <p className="mono small webhook-form-target">
        <span className="strong">POST</span>{' '}
        {url.trim() === '' ? <span className="muted">no URL yet</span> : <PlainText text={url.trim()} />}
      </p>
      <dl className="facts summary-facts">
        <div>
          <dt>Triggers</dt>
          <dd>{triggers.length === 0 ? 'None chosen yet' : count(triggers.length, ['trigger', 'triggers'])}</dd>
        </div>
        <div>
          <dt>Covers</dt>
          <dd>{workspacesInWords(isApplied, below)}</dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd>
            {version}
            {chosen && chosen.expiresAt !== null && <span className="muted"> until {date(chosen.expiresAt)}</span>}
          </dd>
        </div>
        {mode.kind !== 'draft' && (
          <div>
            <dt>Status</dt>
            <dd>{isEnabled ? 'Enabled' : 'Disabled'}</dd>
          </div>
        )}
      </dl>
      <div className="stack gap-2">
        <Button
          type="submit"
          kind="primary"
          isPending={isSubmitting}
          disabledReason={
            mode.kind === 'edit' && !isDirty && webhook !== undefined ? 'Nothing has been changed.' : undefined
          }
        >
          {words[mode.kind].action}
        </Button>
        <Button onPress={onCancel}>Cancel</Button>
        <p className="muted small">
          {words[mode.kind].follows}{' '}
          <kbd aria-hidden="true" className="save-key">
            {modKey()} Enter
          </kbd>
        </p>
      </div>
    </aside>
  );
}

const words = {
  create: { action: 'Create webhook', follows: 'A test alert is sent at once.' },
  edit: { action: 'Save changes', follows: 'Changes hold from the next attempt on.' },
  draft: { action: 'Save draft', follows: 'Nothing is sent differently until it is published.' },
} as const;
