import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Capacity, MOST_IN_FLIGHT } from './capacity.ts';

let capacity: Capacity<string>;
beforeEach(() => void (capacity = new Capacity()));

const admits = (origin: string, doubtful = false, waiter = 'waiter') => capacity.admits(origin, doubtful, waiter);
/** Takes what is admitted, up to a number; answers how many that were. */
function fill(origin: string, atMost = Infinity, doubtful = false): number {
  let taken = 0;
  for (; taken < atMost && !capacity.isFull && admits(origin, doubtful); taken++) capacity.take(origin, doubtful);
  return taken;
}

describe('an origin', () => {
  it('has a quarter of all there is, as long as half of that is free', () => {
    expect(fill('slow')).toBe(256);
    expect(fill('other')).toBe(256);
  });

  it('may add less the fuller it is', () => {
    const origins = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth'];
    expect(origins.map((origin) => fill(origin))).toEqual([256, 256, 64, 64, 64, 64, 16, 16]);
    for (let n = 0; capacity.inFlight < 896; n++) fill(`more ${n}`, 16);
    expect(fill('another')).toBe(4);
    expect(fill('slow again', 1)).toBe(1);
  });

  it('leaves room for a first attempt of every other, however many of its webhooks wait', () => {
    for (let n = 0; n < 40; n++) fill('slow');
    for (let n = 0; n < 100; n++) expect(fill(`other ${n}`, 4)).toBe(4);
  });
});

describe('what is doubtful', () => {
  it('gets half of all, and the other half stays free for first attempts', () => {
    let taken = 0;
    for (let n = 0; n < 1_000; n++) taken += fill(`origin ${n}`, 3, true);
    expect(taken).toBe(MOST_IN_FLIGHT / 2);
    for (let n = 0; n < 128; n++) expect(fill(`fresh ${n}`, 4)).toBe(4);
    expect(capacity.isFull).toBe(true);
  });

  it('is called in the order it came once there is room', () => {
    for (let n = 0; n < MOST_IN_FLIGHT / 2; n++) capacity.take(`origin ${n}`, true);
    expect(['a', 'b', 'c'].map((waiter) => admits(waiter, true, waiter))).toEqual([false, false, false]);
    expect(capacity.next('origin 0')).toEqual([]);
    capacity.release('origin 0', true);
    expect([capacity.next('origin 0'), capacity.next('whatever'), capacity.next('origin 0')]).toEqual([
      ['a'],
      ['b'],
      ['c'],
    ]);
    expect(capacity.next('origin 0')).toEqual([]);
  });
});

function faultOf(running: readonly { origin: string; doubtful: boolean }[]): string {
  const ofOrigin = new Map<string, number>();
  let doubtful = 0;
  for (const each of running) {
    ofOrigin.set(each.origin, (ofOrigin.get(each.origin) ?? 0) + 1);
    if (each.doubtful) doubtful++;
  }
  if (running.length > MOST_IN_FLIGHT) return 'too many in all';
  if (doubtful > MOST_IN_FLIGHT / 2) return 'too many doubtful ones';
  return Math.max(0, ...ofOrigin.values()) > 256 ? 'too many of an origin' : '';
}

describe('who waits for room', () => {
  it('stands in line once, however often it asks', () => {
    fill('slow', 256);
    admits('slow', false, 'a');
    admits('slow', false, 'b');
    admits('slow', false, 'a');
    capacity.release('slow', false);
    expect([capacity.next('slow'), capacity.next('slow'), capacity.next('slow')]).toEqual([['a'], ['b'], []]);
  });

  it('is called for room at its own origin, and when there is some', () => {
    fill('slow', 256);
    admits('slow', false, 'a');
    expect([capacity.next('other'), capacity.next('slow')]).toEqual([[], []]);
    for (const origin of ['second', 'third', 'fourth', 'fifth']) fill(origin);
    capacity.release('slow', false);
    expect(capacity.next('slow')).toEqual([]);
    for (let left = 255; left >= 64; left--) capacity.release('slow', false);
    expect(capacity.next('slow')).toEqual(['a']);
  });

  // As the sender does it: after one that was called, the next is.
  it('is never forgotten: as long as attempts end, everybody gets what it wants, within all bounds', () => {
    type Wish = { origin: string; doubtful: boolean; wants: number };
    const wish = fc.record({
      origin: fc.constantFrom('a', 'a', 'a', 'b', 'c', 'd', 'e'),
      doubtful: fc.boolean(),
      wants: fc.integer({ min: 1, max: 60 }),
    });
    const wishes = fc.array(wish, { minLength: 1, maxLength: 60, size: 'max' });
    fc.assert(
      fc.property(wishes, fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 50 }), (given, choices) => {
        const list: Wish[] = given.map((each) => ({ ...each }));
        const room = new Capacity<Wish>();
        const ring: Wish[] = [...list];
        const called = new Set<Wish>();
        const running: Wish[] = [];
        const call = (origin: string) => {
          for (const next of room.next(origin)) {
            called.add(next);
            if (!ring.includes(next)) ring.push(next);
          }
        };
        const serve = () => {
          while (!room.isFull && ring.length > 0) {
            const next = ring.shift() as Wish;
            const begins = next.wants > 0 && room.admits(next.origin, next.doubtful, next);
            if (begins) {
              room.take(next.origin, next.doubtful);
              running.push(next);
              if (--next.wants > 0) ring.push(next);
            }
            if (called.delete(next)) call(next.origin);
          }
          const fault = faultOf(running);
          if (fault !== '' || room.inFlight !== running.length) throw new Error(fault);
        };
        serve();
        for (let n = 0; running.length > 0; n++) {
          const [ended] = running.splice((choices[n % choices.length] ?? 0) % running.length, 1) as [Wish];
          room.release(ended.origin, ended.doubtful);
          call(ended.origin);
          serve();
        }
        expect(list.reduce((left, { wants }) => left + wants, 0)).toBe(0);
      }),
      { numRuns: 60 },
    );
  });
});
