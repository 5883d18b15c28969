import { describe, expect, it } from '@jest/globals';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { metadata } from '../delivery/testing/delivery-fixtures.ts';
import { DropParkedEvent, ParkPlatformEvent, RecordReplay } from './parked-event.commands.ts';
import { parkedEvent } from './parked-event.decider.ts';
import type { ParkedEventEvent } from './parked-event.events.ts';
import { parkedIdOf } from './parked-event-id.ts';

const { given, when } = specify(parkedEvent);
const of = { parkedId: 'p', stream: 'orders-7', revision: 4, type: 'order-paid', workspaceId: 'w', eventId: 'e' };
const why = { reason: 'invalid' as const, errors: [{ field: 'data.amount', message: 'is required' }] };

const park = (changes: object = {}) => new ParkPlatformEvent({ ...of, ...why, ...changes }, metadata);
const replay = () => new RecordReplay({ parkedId: 'p' }, metadata);
const drop = () => new DropParkedEvent({ parkedId: 'p' }, metadata);

const parked: ParkedEventEvent = { type: 'PlatformEventParked', data: { ...of, ...why } };
const replayed: ParkedEventEvent = { type: 'ParkedEventReplayed', data: of };
const dropped: ParkedEventEvent = { type: 'ParkedEventDropped', data: of };

describe('a platform event that is not taken in', () => {
  it('is parked, with the reason', () => when(park()).then([parked]));

  it('is parked once, however often it comes, and whatever has become of it', () => {
    for (const history of [[parked], [parked, replayed], [parked, dropped]])
      given(history)
        .when(park({ reason: 'conflict' }))
        .thenNothing();
  });

  it('has an id of its place alone', () => {
    const [one, again] = [parkedIdOf({ stream: 'a-1', revision: 0 }), parkedIdOf({ stream: 'a-1', revision: 0 })];
    expect(one).toBe(again);
    expect(parkedIdOf({ stream: 'a-1', revision: 1 })).not.toBe(one);
    expect(parkedIdOf({ stream: 'a', revision: 10 })).not.toBe(parkedIdOf({ stream: 'a-1', revision: 0 }));
  });
});

describe('a parked event', () => {
  it('is replayed, or dropped', () => {
    given([parked]).when(replay()).then([replayed]);
    given([parked]).when(drop()).then([dropped]);
  });

  it('has to be there', () => {
    when(replay()).thenRefused('not-found');
    when(drop()).thenRefused('not-found');
  });
});

describe('what was done about it', () => {
  it('is the same when it is asked for again', () => {
    given([parked, replayed]).when(replay()).thenNothing();
    given([parked, dropped]).when(drop()).thenNothing();
  });

  it('cannot be undone by the other', () => {
    given([parked, replayed]).when(drop()).thenRefused('conflict');
    given([parked, dropped]).when(replay()).thenRefused('conflict');
  });
});
