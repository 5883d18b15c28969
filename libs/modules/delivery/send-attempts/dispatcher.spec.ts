import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { ManualClock } from '../../../platform/runtime/index.ts';
import type { TestTarget } from '../../webhook-configuration/contract.ts';
import { laneOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { Dispatcher } from './dispatcher.ts';
import { SendingLane } from './sending-lane.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';

/** Of one origin, and of one webhook, while nothing else is in flight. */
const MOST_OF_ORIGIN = 256;
const MOST_TESTS = 4;

const HERE = 'https://here.example';
const THERE = 'https://there.example';

/** What is in flight, each with what ends it. */
const inFlight = new Map<string, () => void>();
let dispatcher: Dispatcher;
beforeEach(() => {
  inFlight.clear();
  dispatcher = new Dispatcher({
    clock: new ManualClock(1_000),
    logger: pino({ level: 'silent' }),
    serves: () => true,
    mayBegin: () => true,
    read: () => undefined,
    horizon: { limit: 0, reach: () => undefined },
    attempt: (_queue, { deliveryId }) =>
      new Promise((resolve) => {
        inFlight.set(deliveryId, () => {
          inFlight.delete(deliveryId);
          resolve();
        });
      }),
    foldedTo: () => 0,
    onPause: () => undefined,
  });
  dispatcher.open();
});

/** Tests of a webhook, or of its draft where there is a target. */
function test(webhookId: string, origin: string, count: number, target?: TestTarget): void {
  const lane = new SendingLane(laneWith({ webhookId, url: `${origin}/${webhookId}` }));
  const tests = Array.from({ length: count }, (_, index): DeliveryDocument => {
    const known = { kind: 'test', webhookId, lane: laneOf('test', webhookId, 0) } as const;
    return deliveryWith(`${webhookId}.${index}`, target ? { ...known, target } : known);
  });
  lane.queue('test').refill(tests, false, 1);
  dispatcher.enqueue(lane.queue('test'));
}
const draftAt = (origin: string): TestTarget => ({ url: `${origin}/draft`, secret: 'sealed', headers: {} });
const fill = (origin: string) => {
  for (let n = 0; n < MOST_OF_ORIGIN; n += MOST_TESTS) test(`hook-${n}`, origin, MOST_TESTS);
};
const turns = async () => {
  for (let n = 0; n < 10; n++) await nextTurn();
};

describe('an origin that has all the room that it may have', () => {
  beforeEach(async () => {
    fill(HERE);
    await turns();
    expect(inFlight.size).toBe(MOST_OF_ORIGIN);
  });

  it('keeps a test waiting until an attempt there is over', async () => {
    test('late', HERE, 1);
    await turns();
    expect(inFlight.has('late.0')).toBe(false);
    inFlight.get('hook-0.0')?.();
    await turns();
    expect(inFlight.has('late.0')).toBe(true);
  });

  it('is none of the business of a test of a draft that goes elsewhere', async () => {
    test('moving', HERE, 1, draftAt(THERE));
    await turns();
    expect(inFlight.has('moving.0')).toBe(true);
  });

  it('keeps a test waiting whose draft goes there, wherever its webhook is', async () => {
    test('coming', THERE, 1, draftAt(HERE));
    await turns();
    expect(inFlight.has('coming.0')).toBe(false);
    inFlight.get('hook-0.0')?.();
    await turns();
    expect(inFlight.has('coming.0')).toBe(true);
  });

  it('has its room back when the test of a draft that went there is over', async () => {
    inFlight.get('hook-0.0')?.();
    test('coming', THERE, 1, draftAt(HERE));
    await turns();
    test('late', HERE, 1);
    await turns();
    expect(inFlight.has('late.0')).toBe(false);
    inFlight.get('coming.0')?.();
    await turns();
    expect(inFlight.has('late.0')).toBe(true);
  });
});
