import { describe, expect, it } from '@jest/globals';
import { LiveSet } from './document-sets.ts';
import type { Entry } from './registry.ts';

const entry = (live: number, first = 1): Entry => {
  return { _id: 'tasks', first, live, last: live, sets: { [live]: { version: 1, fields: {}, checkpoint: live * 10 } } };
};

describe('the served set', () => {
  let time = 0;
  const answers: ((answer: Entry) => void)[] = [];
  const registry = { read: () => new Promise<Entry>((resolve) => answers.push(resolve)) };
  const opened = () => new LiveSet(registry, () => time, entry(1), (time = 0));

  it('is asked for once by all who read it after a second', async () => {
    const set = opened();
    expect((await set.toRead()).generation).toBe(1);
    time = 1_000;
    const reads = [set.toRead(), set.toRead(), set.toRead()];
    expect(answers).toHaveLength(1);
    answers.pop()?.(entry(2));
    expect(await Promise.all(reads)).toEqual(Array.from(reads, () => ({ generation: 2, askedAt: 1_000 })));
  });

  it('stays swapped in when an answer from before the swap comes late', async () => {
    const set = opened();
    time = 1_000;
    const late = set.toRead();
    set.choose(entry(2), 1_001);
    answers.pop()?.(entry(1));
    expect((await late).generation).toBe(2);
    expect((await set.toRead()).generation).toBe(2);
  });

  it('is that of the database as it was made anew, whatever its generation', async () => {
    const set = opened();
    time = 1_000;
    const read = set.toRead();
    answers.pop()?.(entry(0, 0));
    expect((await read).generation).toBe(0);
  });
});
