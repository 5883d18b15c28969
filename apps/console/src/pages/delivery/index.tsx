import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import { deliveryQuery } from '../../api/deliveries.ts';
import { Page } from '../../app/page.tsx';
import { Icon, Link, PlainText, QueryView } from '../../ui/index.ts';
import { DeliveryPill, Inspector } from './inspector.tsx';
import { CopyAsCurl } from './request-part.tsx';
import { RedeliverButton } from './redeliver-button.tsx';

export { DeliverySheet } from './delivery-sheet.tsx';
export { errorClasses, errorClassNames, isErrorClass, type ErrorClass } from './error-words.ts';
export { DeliveryPill } from './inspector.tsx';
export { RedeliverButton } from './redeliver-button.tsx';
export { reasonNotToRedeliver } from './redeliverable.ts';

const route = getRouteApi('/w/$workspaceId/deliveries/$deliveryId');

/** One delivery by its id, for links that outlive a list. */
export default function DeliveryPage(): JSX.Element {
  const { workspaceId, deliveryId } = route.useParams();
  const { attempt, part } = route.useSearch();
  const navigate = useNavigate({ from: '/w/$workspaceId/deliveries/$deliveryId' });
  const query = useQuery(deliveryQuery(workspaceId, deliveryId));
  const delivery = query.data;
  return (
    <Page
      title={delivery ? `Delivery of ${delivery.type}` : 'Delivery'}
      heading={
        delivery && (
          <span className="row">
            <PlainText text={delivery.type} />
            <DeliveryPill delivery={delivery} />
          </span>
        )
      }
      back={
        delivery ? (
          <Link
            to="/w/$workspaceId/webhooks/$webhookId"
            params={{ workspaceId: delivery.workspaceId, webhookId: delivery.webhookId }}
            className="row gap-1"
          >
            <Icon name="chevronLeft" /> Deliveries of the webhook
          </Link>
        ) : (
          <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} className="row gap-1">
            <Icon name="chevronLeft" /> Webhooks
          </Link>
        )
      }
      actions={
        delivery && (
          <>
            <RedeliverButton delivery={delivery} workspaceId={workspaceId} />
            <CopyAsCurl workspaceId={workspaceId} deliveryId={delivery.id} />
          </>
        )
      }
    >
      <div className="card is-padded">
        <QueryView query={query} errorTitle="The delivery could not be read" lines={8}>
          {(shown) => (
            <Inspector
              delivery={shown}
              workspaceId={workspaceId}
              attempt={attempt}
              part={part}
              onChange={(change) =>
                void navigate({ search: (before) => ({ ...before, ...change }), replace: true, resetScroll: false })
              }
            />
          )}
        </QueryView>
      </div>
    </Page>
  );
}
