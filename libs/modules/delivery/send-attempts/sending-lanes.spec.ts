import { beforeEach, describe, expect, it } from '@jest/globals';
import { partitionOf } from '../../../platform/leases/index.ts';
import type { Instant } from '../../../platform/kernel/index.ts';
import { defaultDelivery } from '../../webhook-configuration/contract.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import type { SendingLane } from './sending-lane.ts';
import { SendingLanes } from './sending-lanes.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';

const NOW = 1_000_000;
const known = new Map<string, Lane>();
const served = new Set<string>();
let lanes: SendingLanes;
beforeEach(() => {
  known.clear();
  served.clear();
  lanes = new SendingLanes(known, (webhookId) => served.has(webhookId));
});

/** Known, and served here. */
function serve(webhookId: string, delivery: Partial<typeof defaultDelivery> = {}): Lane {
  const lane = laneWith({ webhookId, delivery: { ...defaultDelivery, ...delivery } });
  known.set(webhookId, lane);
  served.add(webhookId);
  return lane;
}
function beginAll(lane: SendingLane | undefined, now: Instant, atMost = 100): number {
  let begun = 0;
  for (; lane && begun < atMost && lane.pace.readyAt(now) <= now; begun++) lane.pace.began();
  return begun;
}
const partitionsOf = (...ids: string[]) => new Set(ids.map(partitionOf));

describe('a webhook that another process serves', () => {
  it('has no lane here, whatever is told of it', () => {
    const lane = serve('hook');
    served.clear();
    expect(lanes.get('hook')).toBeUndefined();
    expect(lanes.change(lane, 5)).toEqual([]);
    lanes.takeOver(lane, NOW);
    expect(lanes.get('hook')).toBeUndefined();
  });
});

describe('a webhook that is taken over', () => {
  it('has no burst until its rate has earned it', () => {
    const lane = serve('hook', { ratePerSecond: 4, burst: 3 });
    lanes.takeOver(lane, NOW);
    const sending = lanes.get('hook');
    expect(beginAll(sending, NOW)).toBe(0);
    expect(sending?.pace.readyAt(NOW)).toBe(NOW + 250);
    expect(beginAll(sending, NOW + 250)).toBe(1);
    expect(beginAll(sending, NOW + 60_000)).toBe(3);
  });

  it('begins at once without a rate, and has no burst if it is given one then', () => {
    const lane = serve('hook', { ratePerSecond: null });
    lanes.takeOver(lane, NOW);
    const sending = lanes.get('hook');
    expect(beginAll(sending, NOW, 10)).toBe(10);
    lanes.change({ ...lane, delivery: { ...lane.delivery, ratePerSecond: 2, burst: 5 } }, 5);
    expect(beginAll(sending, NOW)).toBe(0);
    expect(sending?.pace.readyAt(NOW)).toBe(NOW + 500);
  });

  it('keeps its pace if it is served here already', () => {
    const lane = serve('hook', { ratePerSecond: 4, burst: 3 });
    const sending = lanes.get('hook');
    lanes.takeOver(lane, NOW);
    expect(lanes.get('hook')).toBe(sending);
    expect(beginAll(sending, NOW)).toBe(3);
  });
});

describe('a webhook that is left', () => {
  it('has nothing ready any more, and begins nothing; others go on', () => {
    serve('hook');
    serve('other');
    const [queue, other] = [lanes.get('hook')?.queue('event'), lanes.get('other')?.queue('event')];
    for (const each of [queue, other]) each?.refill([deliveryWith('delivery')], false, 5);
    served.delete('hook');
    lanes.leave(partitionsOf('hook'));
    expect([queue?.size, other?.size]).toEqual([0, 1]);
    expect([queue && lanes.has(queue), other && lanes.has(other)]).toEqual([false, true]);
    expect(lanes.get('hook')).toBeUndefined();
  });

  it('is another lane when it comes back: what the first one had in flight is not its business', () => {
    const lane = serve('hook');
    const before = lanes.get('hook');
    before?.began('event', 'delivery');
    lanes.leave(partitionsOf('hook'));
    lanes.takeOver(lane, NOW);
    const after = lanes.get('hook');
    expect(after).not.toBe(before);
    expect(after?.isBusy('delivery')).toBe(false);
    expect(before && lanes.has(before.queue('event'))).toBe(false);
    before?.ended('event', 'delivery');
    expect(after?.inFlight).toBe(0);
  });
});
