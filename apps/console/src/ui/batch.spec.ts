import { describe, expect, it } from '@jest/globals';
import { Batch } from './batch.ts';

function byHand() {
  let now = 0;
  const due: { at: number; run: () => void }[] = [];
  return {
    now: () => now,
    after: (ms: number, run: () => void) => void due.push({ at: now + ms, run }),
    advance(ms: number) {
      now += ms;
      for (const timer of due.splice(0)) {
        if (timer.at <= now) timer.run();
        else due.push(timer);
      }
    },
  };
}

describe('a batch', () => {
  it('gives the first at once, and what follows together', () => {
    const clock = byHand();
    const given: string[][] = [];
    const batch = new Batch<string>(1_000, (items) => given.push([...items]), clock);
    batch.add('a');
    clock.advance(0);
    batch.add('b');
    batch.add('c');
    clock.advance(999);
    expect(given).toEqual([['a']]);
    clock.advance(1);
    expect(given).toEqual([['a'], ['b', 'c']]);
  });
});
