import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { IntakeQueue, type Held } from './intake-queue.ts';
import { messageWith } from './testing/messages.ts';

let queue: IntakeQueue;
beforeEach(() => {
  queue = new IntakeQueue();
});

const add = (...names: readonly string[]) => names.forEach((name) => queue.add(held(name)));
/** Of the workspace that its letter names. */
const held = (name: string, type = 'order-paid'): Held => ({
  message: messageWith({ id: name, type, metadata: { workspaceId: name.charAt(0) } }),
  done: () => undefined,
});
const names = (batch: readonly Held[]) => batch.map(({ message }) => message.id);
const next = (now = 0) => queue.next(now);

describe('messages', () => {
  it('are tried in the order in which they came, up to 200 at once', () => {
    const all = Array.from({ length: 250 }, (_, n) => `a${n}`);
    add(...all);
    expect(names(next())).toEqual(all.slice(0, 200));
    expect(names(next())).toEqual(all.slice(200));
    expect(next()).toEqual([]);
  });

  it('that are put back are tried at once, before those behind them', () => {
    add('a1', 'b1', 'a2');
    const [first, ...rest] = next();
    add('c1');
    queue.putBack(rest);
    expect(names([...(first ? [first] : []), ...next()])).toEqual(['a1', 'b1', 'a2', 'c1']);
  });
});

describe('a message whose workspace is not there', () => {
  it('is tried again each second, for five', () => {
    add('a1');
    for (const now of [0, 1_000, 2_000, 3_000, 4_000]) {
      const batch = next(now);
      expect(names(batch)).toEqual(['a1']);
      expect(queue.delay(batch, now)).toEqual([]);
      expect(next(now + 999)).toEqual([]);
    }
    const last = next(5_000);
    expect(names(queue.delay(last, 5_000))).toEqual(['a1']);
    expect(next(60_000)).toEqual([]);
  });

  it('is passed by those of other workspaces, and by none of its own', () => {
    add('a1', 'b1');
    const [a1] = next();
    queue.delay(a1 ? [a1] : [], 0);
    add('a2', 'b2');
    expect(names(next(500))).toEqual(['b2']);
    expect(names(next(1_000))).toEqual(['a1', 'a2']);
  });

  it('is passed by what registers its workspace', () => {
    add('a1');
    queue.delay(next(), 0);
    queue.add(held('a-created', 'workspace-created'));
    expect(names(next(1))).toEqual(['a-created']);
  });

  it('is not waited for longer because more of its workspace have come since', () => {
    add('a1');
    queue.delay(next(), 0);
    add('a2');
    queue.delay(next(4_500), 4_500);
    expect(names(queue.delay(next(5_500), 5_500))).toEqual(['a1', 'a2']);
  });

  it('is waited for anew once all of its workspace are done with', () => {
    add('a1');
    queue.delay(next(), 0);
    expect(names(queue.delay(next(5_000), 5_000))).toEqual(['a1']);
    expect(next(5_000)).toEqual([]);
    add('a2');
    expect(queue.delay(next(5_001), 5_001)).toEqual([]);
  });
});

describe('a queue', () => {
  it('says when it has something next', () => {
    expect(queue.nextDue()).toBeUndefined();
    add('a1');
    expect(queue.nextDue()).toBe(-Infinity);
    const batch = next();
    expect(queue.nextDue()).toBeUndefined();
    queue.delay(batch, 100);
    expect(queue.nextDue()).toBe(1_100);
  });

  it('loses nothing and doubles nothing, and keeps the order within each workspace, whatever happens', () => {
    const step = fc.record({
      arrivals: fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 5 }),
      passes: fc.constantFrom(0, 300, 1_000, 6_000),
      // In its order: the first are done, the others put back if the installation is not there.
      reachable: fc.boolean(),
      known: fc.subarray(['a', 'b', 'c']),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        queue = new IntakeQueue();
        const came: string[] = [];
        const settled: string[] = [];
        let now = 0;
        const work = ({ arrivals, passes, reachable, known }: (typeof steps)[number]) => {
          for (const workspace of arrivals) {
            came.push(`${workspace}${came.length}`);
            add(came.at(-1) ?? '');
          }
          now += passes;
          const batch = next(now);
          if (!reachable) return queue.putBack(batch);
          const isKnown = (each: Held) => known.includes(each.message.id.charAt(0));
          settled.push(...names(batch.filter(isKnown)));
          const unknown = batch.filter((each) => !isKnown(each));
          settled.push(...names(queue.delay(unknown, now)));
        };
        steps.forEach(work);
        for (let n = 0; n < 10; n++) work({ arrivals: [], passes: 1_000, reachable: true, known: ['a', 'b', 'c'] });
        for (const workspace of ['a', 'b', 'c']) {
          const its = (list: readonly string[]) => list.filter((name) => name.startsWith(workspace));
          expect(its(settled)).toEqual(its(came));
        }
      }),
      { numRuns: 500 },
    );
  });
});
