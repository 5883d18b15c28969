import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { EmptyState, Link, PlainText, QueryView, StatusPill } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { webhookState } from '../../words/states.ts';
import { listeningQuery, NAMED } from './trigger-queries.ts';

type Props = { readonly workspaceId: string; readonly trigger: string };

/** Who of this workspace gets alerts of a trigger. */
export function ListeningWebhooks({ workspaceId, trigger }: Props): JSX.Element {
  const query = useQuery(listeningQuery(workspaceId, trigger));
  return (
    <QueryView query={query} errorTitle="The webhooks could not be read" lines={3}>
      {({ items, total }) =>
        items.length === 0 ? (
          <EmptyState icon="webhook" title="No webhook of this workspace listens to it">
            Alerts of it go nowhere from here, unless a workspace above has a webhook that covers its children.
          </EmptyState>
        ) : (
          <div className="stack gap-3">
            <ul className="trigger-webhooks" aria-label="Webhooks that listen">
              {items.map((webhook) => {
                const { word, tone, icon } = webhookState(webhook);
                return (
                  <li key={webhook.id} className="row">
                    <Link to="/w/$workspaceId/webhooks/$webhookId" params={{ workspaceId, webhookId: webhook.id }}>
                      <PlainText text={webhook.name || webhook.url} />
                    </Link>
                    <StatusPill tone={tone} icon={icon}>
                      {word}
                    </StatusPill>
                  </li>
                );
              })}
            </ul>
            <p className="small">
              <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} search={{ listens: trigger }}>
                {total > NAMED ? `Show all ${number(total)} in the list` : 'Show in the list'}
              </Link>
            </p>
          </div>
        )
      }
    </QueryView>
  );
}
