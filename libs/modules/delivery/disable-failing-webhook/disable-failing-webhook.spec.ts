import { describe, it } from '@jest/globals';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import type { DeliveryEvent, DeliveryExhausted } from '../delivery/delivery.events.ts';
import { failed, of, renderingFailed } from '../delivery/testing/delivery-fixtures.ts';
import { disableFailingWebhook } from './disable-failing-webhook.saga.ts';

const { when } = reacting(disableFailingWebhook);
const recorded = (event: DeliveryEvent) => {
  const [only] = record([event], () => 'delivery-1');
  if (!only) throw new Error('nothing recorded');
  return only;
};
const exhausted = (changes: Partial<DeliveryExhausted['data']> = {}): DeliveryEvent => ({
  type: 'DeliveryExhausted',
  data: {
    ...of,
    kind: 'event',
    round: 1,
    epoch: 4,
    redelivery: false,
    attempts: 4,
    lastError: 'The receiver answered 500.',
    ...changes,
  },
});

describe('an exhausted delivery', () => {
  it('disables its webhook, naming the epoch its round belonged to', () => {
    when(recorded(exhausted())).then([
      {
        type: 'DisableWebhook',
        data: {
          webhookId: 'hook',
          workspaceId: 'workspace',
          by: 'exhausted',
          epoch: 4,
          deliveryId: 'delivery',
          lastError: 'The receiver answered 500.',
        },
      },
    ]);
  });

  it('disables nothing if someone asked for the round', () =>
    when(recorded(exhausted({ redelivery: true }))).thenNothing());

  it('disables nothing if it is a test', () => when(recorded(exhausted({ kind: 'test' }))).thenNothing());
});

describe('a failed attempt', () => {
  it('disables the webhook at once if the receiver is gone', () => {
    when(recorded(failed(1, null, { gone: true, epoch: 2, error: 'The receiver answered 410.' }))).then([
      {
        type: 'DisableWebhook',
        data: {
          webhookId: 'hook',
          workspaceId: 'workspace',
          by: 'gone',
          epoch: 2,
          deliveryId: 'delivery',
          lastError: 'The receiver answered 410.',
        },
      },
    ]);
  });

  it('of any other kind does not', () => when(recorded(failed(4, null))).thenNothing());
});

describe('an alert that cannot be rendered', () => {
  it('disables nothing', () => when(recorded(renderingFailed())).thenNothing());
});
