import type { Saga } from '../../../platform/kernel/index.ts';
import { DisableWebhook } from '../../webhook-configuration/contract.ts';
import type { DeliveryEvent } from '../delivery/delivery.events.ts';

/**
 * A webhook whose delivery is exhausted, or whose receiver says it is gone, is disabled. The command names the epoch the round
 * belonged to, so one that comes after the webhook was enabled again changes nothing.
 */
export const disableFailingWebhook: Saga<DeliveryEvent> = {
  name: 'disable-failing-webhook',
  categories: ['delivery'],
  react: (event) => {
    const metadata = { ...event.metadata, actor: 'saga:disable-failing-webhook' };
    if (event.type === 'DeliveryExhausted' && event.data.kind === 'event' && !event.data.redelivery) {
      const { webhookId, workspaceId, epoch, deliveryId, lastError } = event.data;
      return [new DisableWebhook({ webhookId, workspaceId, by: 'exhausted', epoch, deliveryId, lastError }, metadata)];
    }
    if (event.type === 'AttemptFailed' && event.data.gone) {
      const { webhookId, workspaceId, epoch, deliveryId, error } = event.data;
      return [
        new DisableWebhook(
          { webhookId, workspaceId, by: 'gone', epoch, deliveryId, lastError: error ?? '410 Gone' },
          metadata,
        ),
      ];
    }
    return [];
  },
};
