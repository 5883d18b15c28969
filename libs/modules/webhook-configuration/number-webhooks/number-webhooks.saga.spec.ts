import { describe, expect, it } from '@jest/globals';
import type { Recorded } from '../../../platform/kernel/index.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { reacting } from '../../../platform/kernel/testing/saga-spec.ts';
import {
  changedTo,
  created,
  createdInLocation,
  createdLongAgo,
  here,
  numbered,
  removed,
  streamOf,
} from '../webhook/testing/webhook-history.ts';
import type { WebhookEvent } from '../webhook/webhook.events.ts';
import { numberWebhooks } from './number-webhooks.saga.ts';

const recorded = (event: WebhookEvent) => record([event], streamOf)[0] as Recorded<WebhookEvent>;
const { when } = reacting(numberWebhooks);

describe('a webhook that was made without a number', () => {
  it('is issued one', () => when(recorded(createdLongAgo)).then([{ type: 'IssueWebhookNumber', data: here }]));

  it('in the trace of its creation', () => {
    const event = recorded(createdLongAgo);
    const { at, traceId } = event.metadata;
    const [command] = numberWebhooks.react(event, { get: () => undefined, where: () => [] });
    expect(command?.metadata).toEqual({ at, traceId, actor: 'saga:number-webhooks' });
  });
});

describe('any other event', () => {
  it.each([created, createdInLocation, numbered, changedTo({}), removed])('issues none: $type', (event) =>
    when(recorded(event)).thenNothing(),
  );
});
