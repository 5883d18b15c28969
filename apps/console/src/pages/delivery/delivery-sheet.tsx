import { useQuery } from '@tanstack/react-query';
import { useLayoutEffect, useRef, type JSX } from 'react';
import { deliveryQuery } from '../../api/deliveries.ts';
import { IconButton, LinkButton, PlainText, QueryView, Sheet } from '../../ui/index.ts';
import { DeliveryPill, Inspector, type Inspected } from './inspector.tsx';
import { CopyAsCurl } from './request-part.tsx';
import { RedeliverButton } from './redeliver-button.tsx';
import { useBrackets } from './use-brackets.ts';

type Props = Inspected & {
  readonly workspaceId: string;
  readonly deliveryId: string;
  readonly onClose: () => void;
  /** Of the list it was opened from; undefined at its ends. */
  readonly onPrevious: (() => void) | undefined;
  readonly onNext: (() => void) | undefined;
};

/** One delivery beside the list it was opened from. */
export function DeliverySheet({
  workspaceId,
  deliveryId,
  onClose,
  onPrevious,
  onNext,
  ...inspected
}: Props): JSX.Element {
  const query = useQuery(deliveryQuery(workspaceId, deliveryId));
  const delivery = query.data;
  useBrackets(onPrevious, onNext);
  const content = useRef<HTMLDivElement>(null);
  // What had the focus may have gone with the delivery before; from the page behind, Escape would not reach the sheet.
  useLayoutEffect(() => {
    if (document.activeElement === document.body) content.current?.focus();
  }, [deliveryId]);
  return (
    <Sheet
      isOpen
      onClose={onClose}
      title={
        <span className="row">
          {delivery ? <PlainText text={delivery.type} /> : 'Delivery'}
          {delivery && <DeliveryPill delivery={delivery} />}
        </span>
      }
      actions={
        <span className="row is-nowrap gap-1">
          <IconButton
            icon="chevronLeft"
            size="small"
            label="Previous delivery"
            tooltip="Previous delivery: ["
            onPress={onPrevious}
            disabledReason={onPrevious ? undefined : 'This is the first of the page.'}
          />
          <IconButton
            icon="chevronRight"
            size="small"
            label="Next delivery"
            tooltip="Next delivery: ]"
            onPress={onNext}
            disabledReason={onNext ? undefined : 'This is the last of the page.'}
          />
        </span>
      }
    >
      <div ref={content} tabIndex={-1} className="delivery-content">
        <QueryView query={query} errorTitle="The delivery could not be read" lines={8}>
          {(shown) => (
            <>
              <div className="row">
                <RedeliverButton delivery={shown} workspaceId={workspaceId} />
                <CopyAsCurl workspaceId={workspaceId} deliveryId={shown.id} />
                <LinkButton
                  kind="quiet"
                  size="small"
                  icon="external"
                  className="push"
                  to="/w/$workspaceId/deliveries/$deliveryId"
                  params={{ workspaceId, deliveryId: shown.id }}
                >
                  Open as a page
                </LinkButton>
              </div>
              <Inspector delivery={shown} workspaceId={workspaceId} {...inspected} />
            </>
          )}
        </QueryView>
      </div>
    </Sheet>
  );
}
