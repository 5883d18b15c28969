import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Chain } from './chain.ts';
import { Suspects } from './suspects.ts';

const chain: Chain = { steps: [], schema: {} };
const other: Chain = { steps: [], schema: {} };
let now: number;
let suspects: Suspects;
const slow = (times: number) => {
  for (let time = 0; time < times; time++) suspects.tookTooLong(chain);
};

beforeEach(() => {
  now = 0;
  suspects = new Suspects(() => now);
});

describe('a chain that took too long', () => {
  it('is kept aside for a minute, and no other is', () => {
    expect(suspects.isSuspect(chain)).toBe(false);
    slow(1);
    now = 59_999;
    expect([suspects.isSuspect(chain), suspects.isSuspect(other)]).toEqual([true, false]);
    now = 60_000;
    expect(suspects.isSuspect(chain)).toBe(false);
  });

  it('is kept aside for that long even if it succeeds meanwhile', () => {
    slow(1);
    suspects.succeeded(chain);
    expect(suspects.isSuspect(chain)).toBe(true);
  });

  it('is refused for ten seconds after the third time in a row', () => {
    slow(2);
    expect(suspects.isRefused(chain)).toBe(false);
    slow(1);
    now = 9_999;
    expect(suspects.isRefused(chain)).toBe(true);
    now = 10_000;
    expect(suspects.isRefused(chain)).toBe(false);
  });

  it('is refused again when it is too slow again, and tried for good once it succeeds', () => {
    slow(3);
    now = 10_000;
    slow(1);
    expect(suspects.isRefused(chain)).toBe(true);
    now = 20_000;
    suspects.succeeded(chain);
    slow(2);
    expect(suspects.isRefused(chain)).toBe(false);
  });
});
