import { describe, it } from '@jest/globals';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import type { ParkedEventEvent } from './parked-event.events.ts';
import { parkedEvents } from './parked-events.projection.ts';

const START = 1_700_000_000_000;
const of = { parkedId: 'p', stream: 'orders-7', revision: 4, type: 'order-paid', workspaceId: 'w', eventId: 'e' };
const why = { reason: 'invalid' as const, errors: [{ field: 'data.amount', message: 'is required' }] };
const parked: ParkedEventEvent = { type: 'PlatformEventParked', data: { ...of, ...why } };
const after = (...events: ParkedEventEvent[]) =>
  projecting(
    parkedEvents,
    record([parked, ...events], () => 'parkedEvent-p', START),
  );

describe('the document of a parked event', () => {
  it('says where it is, and why it was not taken in', () =>
    after().then({ p: { ...of, ...why, status: 'parked', parkedAt: START, settledAt: null, settledBy: null } }));

  it.each([
    ['replayed', 'ParkedEventReplayed'],
    ['dropped', 'ParkedEventDropped'],
  ] as const)('says who has %s it, and when', (status, type) =>
    after({ type, data: of }).then({
      p: { ...why, status, parkedAt: START, settledAt: START + 1, settledBy: 'client:tester' },
    }),
  );
});
