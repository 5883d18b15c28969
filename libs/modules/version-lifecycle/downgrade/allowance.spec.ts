import { beforeEach, describe, expect, it } from '@jest/globals';
import { Allowance, OutOfTime } from './allowance.ts';
import { TooLarge } from './confinement.ts';

let now: number;
let used: number;
let allowance: Allowance;

beforeEach(() => {
  now = 1_000;
  used = 7_000;
  allowance = new Allowance(
    () => now,
    (before) => ({ user: used - (before?.user ?? 0), system: 0 }),
  );
  allowance.begin();
});

const takes = (milliseconds: number, processor = milliseconds) => {
  now += milliseconds;
  used += processor * 1_000;
};
const values = (count: number) => {
  for (let value = 0; value < count; value++) allowance.check(value);
};

describe('an evaluation', () => {
  it('has 50 ms of the processor', () => {
    takes(50);
    values(100);
    takes(1);
    expect(() => values(16)).toThrow(OutOfTime);
    expect(() => allowance.checkTime()).toThrow(OutOfTime);
  });

  it('may wait for a busy machine as long as it has to', () => {
    takes(60_000, 49);
    values(100);
  });

  it('has them anew each time', () => {
    takes(49);
    allowance.begin();
    takes(49);
    values(100);
  });

  it('ends at its next value once it is over', () => {
    allowance.end();
    expect(() => allowance.check(1)).toThrow(OutOfTime);
    allowance.begin();
    allowance.check(1);
  });

  it.each([
    ['a text of a million characters', 'a'.repeat(1024 * 1024), `${'a'.repeat(1024 * 1024)}b`],
    ['a list of 100,000', new Array(100_000), new Array(100_001)],
  ])('may come to %s, and no more', (_what, most, more) => {
    allowance.check(most);
    expect(() => allowance.check(more)).toThrow(TooLarge);
  });
});
