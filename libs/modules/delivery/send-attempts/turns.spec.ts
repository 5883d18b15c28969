import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { SendingLane, type SendingQueue } from './sending-lane.ts';
import { laneWith } from './testing/documents.ts';
import { Turns } from './turns.ts';

let room: number;
let served: string[];
let pauses: number;
/** How often each wants to be served. */
let wishes: Map<SendingQueue, number>;
let turns: Turns;
beforeEach(() => {
  room = Infinity;
  served = [];
  pauses = 0;
  wishes = new Map();
  turns = new Turns(
    () => room > 0,
    (queue) => {
      room--;
      served.push(queue.lane.lane.webhookId);
      const left = (wishes.get(queue) ?? 0) - 1;
      wishes.set(queue, left);
      if (left > 0) turns.add(queue);
    },
    () => void pauses++,
  );
});

const queueOf = (webhookId: string, times = 1) => {
  const queue = new SendingLane(laneWith({ webhookId })).queue('event');
  wishes.set(queue, times);
  return queue;
};

describe('queues that take turns', () => {
  it('are served one step each, round and round', () => {
    for (const queue of [queueOf('a', 3), queueOf('b', 1), queueOf('c', 2)]) turns.add(queue);
    turns.run();
    expect(served).toEqual(['a', 'b', 'c', 'a', 'c', 'a']);
    expect([turns.isEmpty, pauses]).toEqual([true, 1]);
  });

  it('keep their place while there is no room', () => {
    for (const queue of [queueOf('a', 2), queueOf('b'), queueOf('c')]) turns.add(queue);
    room = 2;
    turns.run();
    expect([served, turns.isEmpty]).toEqual([['a', 'b'], false]);
    room = 2;
    turns.run();
    expect(served).toEqual(['a', 'b', 'c', 'a']);
  });

  it('stand in line once, and are served soon by themselves', async () => {
    const queue = queueOf('a');
    turns.add(queue);
    turns.add(queue);
    expect(served).toEqual([]);
    await turn();
    expect(served).toEqual(['a']);
  });

  it('are not served once they are cleared, and can come again', () => {
    const queue = queueOf('a');
    turns.add(queue);
    turns.clear();
    turns.run();
    expect(served).toEqual([]);
    turns.add(queue);
    turns.run();
    expect(served).toEqual(['a']);
  });
});
