import type { JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Time } from '../../ui/time.tsx';
import { useMinute } from '../../ui/use-now.ts';
import { date, daysUntil, DAY } from '../../words/times.ts';

type Props = { readonly webhook: WebhookView; readonly onDraft: () => void };

/** What somebody has to know of a webhook before anything else of it: that it is off, or will be. */
export function StateBanner({ webhook, onDraft }: Props): JSX.Element | null {
  const now = useMinute();
  const { status, disabledBy, version, expiresAt, expiring, hasDraft } = webhook;
  const compare = hasDraft ? (
    <Button size="small" icon="draft" onPress={onDraft}>
      Compare the draft
    </Button>
  ) : undefined;
  if (disabledBy === 'expired') {
    return (
      <Banner tone="info" title={`Version ${version} has ended, so this webhook was disabled`} actions={compare}>
        {expiresAt !== null && `It ended on ${date(expiresAt)}. `}Its configuration and history are kept. Publish the
        draft and enable it to start again.
      </Banner>
    );
  }
  if (disabledBy === 'exhausted' || disabledBy === 'gone') {
    return (
      <Banner
        tone="bad"
        title={
          disabledBy === 'gone'
            ? 'Disabled: the receiver answered 410 Gone'
            : 'Disabled: every attempt of a delivery failed'
        }
      >
        Since <Time at={webhook.updated} as="both" />. New events are held meanwhile. Mend the receiver, send a test,
        then enable the webhook.
      </Banner>
    );
  }
  if (status === 'disabled' || expiresAt === null || !expiring) return null;
  const hasEnded = expiresAt <= now;
  return (
    <Banner
      tone="warn"
      title={
        hasEnded
          ? `Version ${version} has ended`
          : `Version ${version} ends in ${daysUntil(expiresAt, now)}, on ${date(expiresAt)}`
      }
      actions={compare}
    >
      {hasEnded
        ? `This webhook will be disabled on ${date(expiresAt + DAY)}. Publish the draft to keep receiving alerts.`
        : 'Publish the draft to keep receiving alerts. Nothing changes until you do.'}
    </Banner>
  );
}
