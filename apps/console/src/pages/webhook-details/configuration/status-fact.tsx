import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api, read } from '../../../api/client.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Link, PlainText, StatusPill, Time } from '../../../ui/index.ts';
import { webhookState } from '../../../words/states.ts';

type Props = { readonly webhook: WebhookView; readonly workspaceId: string };

/** Whether it is on, and if not: since when, why, and where to look. */
export function StatusFact({ webhook, workspaceId }: Props): JSX.Element {
  const { word, tone, icon } = webhookState(webhook);
  const query = { webhook: webhook.id, kind: 'webhook-disabled', limit: 1 };
  const { data } = useQuery({
    queryKey: keys.activity(workspaceId, query),
    queryFn: ({ signal }) => read(api.GET('/activity', { params: { query }, signal })),
    enabled: webhook.status === 'disabled',
    meta: { isAside: true },
  });
  const entry = webhook.status === 'disabled' ? data?.items[0] : undefined;
  const { deliveryId, lastError } = entry?.details ?? {};
  return (
    <div className="stack gap-2">
      <span>
        <StatusPill tone={tone} icon={icon} data-state={webhook.status}>
          {word}
        </StatusPill>
      </span>
      {webhook.status === 'disabled' && (
        <p>
          {why(webhook)}
          {entry && (
            <>
              {' '}
              Since <Time at={entry.at} as="both" />
              {entry.actorName !== null && (
                <>
                  , by <PlainText text={entry.actorName} />
                </>
              )}
              .
            </>
          )}
        </p>
      )}
      {typeof lastError === 'string' && (
        <p>
          Last error: <PlainText text={lastError} />
        </p>
      )}
      {typeof deliveryId === 'string' && (
        <p>
          <Link to="/w/$workspaceId/deliveries/$deliveryId" params={{ workspaceId, deliveryId }}>
            The delivery that failed
          </Link>
        </p>
      )}
    </div>
  );
}

function why({ disabledBy, version }: WebhookView): string {
  if (disabledBy === 'exhausted') return 'Every attempt of a delivery failed.';
  if (disabledBy === 'gone') return 'The receiver answered 410: it wants no more alerts here.';
  if (disabledBy === 'expired') return `Version ${version} has ended.`;
  return 'Switched off by hand: nothing is sent, and new events are not matched to it.';
}
