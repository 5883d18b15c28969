import type { JSX } from 'react';
import { useReasonWithout } from '../../api/session.ts';
import type { WebhookView } from '../../api/types.ts';
import { Button, EmptyState, LinkButton } from '../../ui/index.ts';
import type { Filters } from './delivery-filters.ts';

type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly filters: Filters;
  readonly isFiltered: boolean;
  readonly onClear: () => void;
  readonly onTest: () => void;
};

/** Nothing yet, or nothing that matches: two different things, with two different ways on. */
export function NoDeliveries({ workspaceId, webhook, filters, isFiltered, onClear, onTest }: Props): JSX.Element {
  const off = useReasonWithout('webhooks:write');
  if (!isFiltered) {
    return (
      <EmptyState
        icon="send"
        title="Nothing has been delivered yet"
        actions={
          <Button icon="send" onPress={onTest} disabledReason={off}>
            Send test
          </Button>
        }
      >
        {webhook.status === 'enabled'
          ? 'An alert is sent as soon as one of its triggers happens. Send a test to see whether the receiver takes it.'
          : 'The webhook is disabled. A test is sent all the same.'}
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon="filter"
      title="No delivery matches"
      actions={
        <>
          <Button onPress={onClear}>Clear the filters</Button>
          {filters.event !== undefined && (
            <LinkButton to="/w/$workspaceId/deliveries/$deliveryId" params={{ workspaceId, deliveryId: filters.event }}>
              Look for a delivery with this id
            </LinkButton>
          )}
        </>
      }
    >
      There are none with all of these filters.
    </EmptyState>
  );
}
