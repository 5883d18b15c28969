import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useCan } from '../../api/session.ts';
import { eventQuery } from '../../api/deliveries.ts';
import type { DeliveryView } from '../../api/types.ts';
import { BodyView, Copyable, Link, PlainText, QueryView, Time } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';

type Props = { readonly workspaceId: string; readonly delivery: DeliveryView };

/** What happened in the platform, as it was published: before any version made an alert of it. */
export function EventPart({ workspaceId, delivery }: Props): JSX.Element {
  const can = useCan();
  if (delivery.kind === 'test') return <p className="muted">A test has no event: its alert is made for the test.</p>;
  if (!can('events:read')) return <p className="muted">Events are not shown with your role.</p>;
  return <Event workspaceId={workspaceId} delivery={delivery} />;
}

function Event({ workspaceId, delivery }: Props): JSX.Element {
  const query = useQuery(eventQuery(workspaceId, delivery.eventId));
  return (
    <QueryView query={query} errorTitle="The event could not be read">
      {(event) =>
        event === null ? (
          <p className="muted">The event belongs to a workspace out of your reach, or is no longer kept.</p>
        ) : (
          <div className="stack gap-3">
            <dl className="facts">
              <div>
                <dt>Id</dt>
                <dd>
                  <Copyable text={event.id} label="Copy event id" />
                </dd>
              </div>
              <div>
                <dt>Trigger</dt>
                <dd>
                  <code>
                    <PlainText text={event.type} />
                  </code>
                </dd>
              </div>
              <div>
                <dt>Happened</dt>
                <dd>
                  <Time at={event.timestamp} as="both" />
                </dd>
              </div>
              <div>
                <dt>Received</dt>
                <dd>
                  <Time at={event.receivedAt} as="both" />
                </dd>
              </div>
            </dl>
            <BodyView
              body={JSON.stringify(event.data)}
              label="Event data"
              fileName={`event-${event.id}.json`}
              contentType="application/json"
            />
            <Others
              workspaceId={workspaceId}
              ids={event.deliveries.filter(({ id }) => id !== delivery.id).map(({ id }) => id)}
            />
          </div>
        )
      }
    </QueryView>
  );
}

const MOST_LISTED = 10;

function Others({ workspaceId, ids }: { workspaceId: string; ids: readonly string[] }): JSX.Element {
  if (ids.length === 0) return <p className="small muted">It is owed to no other webhook that you can see.</p>;
  return (
    <div className="stack gap-1">
      <p>{`Owed to ${count(ids.length, ['other webhook', 'other webhooks'])} that you can see:`}</p>
      <ul className="plain-list">
        {ids.slice(0, MOST_LISTED).map((deliveryId) => (
          <li key={deliveryId}>
            <Link to="/w/$workspaceId/deliveries/$deliveryId" params={{ workspaceId, deliveryId }}>
              {deliveryId}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
