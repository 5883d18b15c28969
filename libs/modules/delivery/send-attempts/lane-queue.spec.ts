import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START } from '../../../platform/kernel/index.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { LaneQueue, MOST_READY, type SendingKind } from './lane-queue.ts';
import { deliveryWith } from './testing/documents.ts';

const of = (eventPosition: number) => deliveryWith(`d${eventPosition}`, { eventPosition });
const range = (from: number, count: number) => Array.from({ length: count }, (_, n) => of(from + n));
/** All that is due has been read. */
function completed(kind: SendingKind = 'event', due: readonly DeliveryDocument[] = [], storedTo = START): LaneQueue {
  const queue = new LaneQueue(undefined, kind);
  queue.refill(due, false, storedTo);
  return queue;
}
const takeAll = (queue: LaneQueue) => {
  const taken: string[] = [];
  while (queue.size > 0) taken.push(queue.take()?.deliveryId ?? '');
  return taken;
};

describe('a queue', () => {
  it('wants to be read at first, and no more once it has all that is due', () => {
    const queue = new LaneQueue(undefined, 'event');
    expect(queue.wants).toBe(true);
    queue.refill(range(1, 2), false, 10);
    expect([queue.wants, queue.complete]).toEqual([false, true]);
    expect(takeAll(queue)).toEqual(['d1', 'd2']);
  });

  it('that has more in the documents wants them when it runs low', () => {
    const queue = new LaneQueue(undefined, 'event');
    queue.refill(range(1, MOST_READY), true, 10);
    expect(queue.wants).toBe(false);
    while (queue.size > MOST_READY / 4) queue.take();
    expect(queue.wants).toBe(false);
    queue.take();
    expect(queue.wants).toBe(true);
    queue.loading = true;
    expect(queue.wants).toBe(false);
  });

  it('takes what becomes due without the documents, as long as there is room', () => {
    const queue = completed();
    for (const due of range(1, MOST_READY)) queue.offer(due, 5);
    expect([queue.size, queue.complete]).toEqual([MOST_READY, true]);
    queue.offer(of(1_000), 7);
    expect([queue.size, queue.complete, queue.missed]).toEqual([MOST_READY, false, 7]);
  });

  it('is complete only when it was read from documents that have what it missed', () => {
    const queue = new LaneQueue(undefined, 'event');
    queue.offer(of(1), 7);
    queue.refill([], false, 6);
    expect([queue.complete, queue.wants]).toEqual([false, true]);
    queue.refill([of(1)], false, 7);
    expect(queue.complete).toBe(true);
  });

  it('waits for what it missed until now, however much it misses meanwhile', () => {
    const queue = new LaneQueue(undefined, 'event');
    queue.offer(of(1), 7);
    expect(queue.load(6)).toBe(false);
    queue.offer(of(2), 9);
    expect(queue.load(7)).toBe(true);
    queue.refill([of(1)], false, 7);
    queue.loading = false;
    expect([queue.complete, queue.load(7), queue.load(9)]).toEqual([false, false, true]);
  });

  it('does not take twice what it has ready already', () => {
    const queue = new LaneQueue(undefined, 'event');
    queue.refill(range(1, 3), true, 5);
    queue.take();
    queue.refill(range(2, 3), false, 6);
    expect(takeAll(queue)).toEqual(['d2', 'd3', 'd4']);
  });

  it('that was read in vain, all of it being on its way, waits for the documents to move on', () => {
    const queue = new LaneQueue(undefined, 'event');
    queue.refill([], true, 5);
    expect([queue.complete, queue.missed]).toEqual([false, 6]);
  });

  it('that is dropped has to be read again, from documents that are as new', () => {
    const queue = completed('event', range(1, 3), 5);
    queue.drop(8, START);
    expect([queue.size, queue.wants, queue.load(7), queue.load(8)]).toEqual([0, true, false, true]);
  });
});

describe('a strictly ordered queue', () => {
  it('takes what is published next, and reads again when something earlier becomes due', () => {
    const queue = completed('ordered');
    queue.offer(of(5), 50);
    queue.offer(of(7), 70);
    expect([queue.size, queue.complete]).toEqual([2, true]);
    queue.offer(of(6), 80);
    expect([queue.size, queue.complete, queue.missed, queue.pendingFrom]).toEqual([0, false, 80, START]);
  });

  it('takes nothing by itself while its first has to wait', () => {
    const queue = completed('ordered');
    queue.blocked = true;
    queue.offer(of(5), 50);
    expect([queue.size, queue.wants]).toEqual([0, false]);
  });

  it('takes nothing of a read from what it missed during it on', () => {
    const queue = new LaneQueue(undefined, 'ordered');
    queue.load(20);
    queue.offer(of(3), 30);
    queue.offer(of(6), 31);
    queue.refill([of(1), of(2), of(4), of(5)], false, 20);
    expect(takeAll(queue)).toEqual(['d1', 'd2']);
    expect([queue.complete, queue.load(30), queue.load(31)]).toEqual([false, false, true]);
    queue.refill(range(3, 4), false, 31);
    expect([takeAll(queue), queue.complete]).toEqual([['d3', 'd4', 'd5', 'd6'], true]);
  });

  it('takes nothing beyond one that fails while it is read', () => {
    const queue = new LaneQueue(undefined, 'ordered');
    queue.load(20);
    queue.drop(30, 1);
    queue.refill(range(2, 3), false, 20);
    expect([queue.size, queue.complete]).toEqual([0, false]);
  });
});

it('what a strictly ordered queue drops while it is read is read again', () => {
  const queue = new LaneQueue(undefined, 'ordered');
  queue.offer(of(1), 1);
  expect(queue.load(1)).toBe(true);
  queue.drop(1, START);
  queue.loading = false;
  queue.refill([of(1)], false, 1);
  expect([queue.size, queue.wants]).toEqual([0, true]);
  expect(queue.load(1)).toBe(true);
  queue.loading = false;
  queue.refill([of(1)], false, 1);
  expect([queue.take()?.deliveryId, queue.complete]).toEqual(['d1', true]);
});

/**
 * What becomes due is folded at the next position, and stored up to some position later; reads answer what is stored and not
 * taken. Reading is asked for as the reader does it, and answered at some later time.
 */
class Documents {
  folded = 0;
  stored = 0;
  reading: { readonly page: readonly DeliveryDocument[]; readonly more: boolean; readonly at: number } | undefined;
  readonly #all: { readonly delivery: DeliveryDocument; readonly position: number }[] = [];
  readonly #taken = new Set<string>();

  get taken(): string[] {
    return [...this.#taken];
  }

  constructor(readonly queue: LaneQueue) {}

  fold(delivery: DeliveryDocument): void {
    this.#all.push({ delivery, position: ++this.folded });
    this.queue.offer(delivery, this.folded);
  }

  store(share: number): void {
    this.stored = Math.max(this.stored, Math.round(this.stored + (this.folded - this.stored) * share));
  }

  beginRead(limit: number): void {
    if (!this.queue.wants || !this.queue.load(this.stored)) return;
    const due = this.#all
      .filter(({ position, delivery }) => position <= this.stored && !this.#taken.has(delivery.deliveryId))
      .map(({ delivery }) => delivery)
      .sort((a, b) => a.eventPosition - b.eventPosition);
    this.reading = { page: due.slice(0, limit), more: due.length > limit, at: this.stored };
  }

  endRead(): void {
    if (!this.reading) return;
    const { page, more, at } = this.reading;
    this.reading = undefined;
    this.queue.loading = false;
    this.queue.refill(
      page.filter((delivery) => !this.#taken.has(delivery.deliveryId)),
      more,
      at,
    );
  }

  take(): void {
    const next = this.queue.take();
    if (!next) return;
    expect(this.#taken).not.toContain(next.deliveryId);
    this.#taken.add(next.deliveryId);
  }
}

type Step = (model: Documents) => void;
const anyOf = (kind: 'event' | 'ordered') => {
  let made = 0;
  const publish: Step = (model) => model.fold(of(++made));
  const step = (act: Step, weight: number) => ({ arbitrary: fc.constant(act), weight });
  return fc
    .array(
      fc.oneof(
        step(publish, 8),
        step((model) => Array.from({ length: MOST_READY }, () => publish(model)), 1),
        // Fan-out records a later event first.
        step(
          (model) => {
            const [earlier, later] = [of(++made), of(++made)];
            model.fold(later);
            model.fold(earlier);
          },
          kind === 'event' ? 1 : 0,
        ),
        step((model) => model.take(), 6),
        step((model) => Array.from({ length: 100 }, () => model.take()), 1),
        step((model) => model.beginRead(MOST_READY), 4),
        step((model) => model.endRead(), 4),
        step((model) => model.queue.drop(model.folded, START), 1),
        {
          arbitrary: fc
            .double({ min: 0, max: 1, noNaN: true })
            .map((share) => (model: Documents) => model.store(share)),
          weight: 4,
        },
      ),
      { maxLength: 120, size: 'max' },
    )
    .map((steps) => {
      made = 0;
      const model = new Documents(new LaneQueue(undefined, kind));
      return { steps, model, count: () => made };
    });
};

describe('whatever becomes due, is stored, read, dropped and taken, in any order', () => {
  it.each(['event', 'ordered'] as const)('everything comes out of a queue (%s) once', (kind) => {
    fc.assert(
      fc.property(anyOf(kind), ({ steps, model, count }) => {
        for (const step of steps) step(model);
        for (let n = 0; n < 20_000 && model.taken.length < count(); n++) {
          model.store(1);
          model.beginRead(MOST_READY);
          model.endRead();
          model.take();
        }
        const all = Array.from({ length: count() }, (_, n) => `d${n + 1}`);
        expect([...model.taken].sort()).toEqual([...all].sort());
        if (kind === 'ordered') expect(model.taken).toEqual(all);
      }),
      { numRuns: 60 },
    );
  });
});
