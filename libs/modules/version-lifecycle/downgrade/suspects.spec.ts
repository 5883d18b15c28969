import { describe, expect, it } from '@jest/globals';
import type { Chain } from './chain.ts';
import { Suspects } from './suspects.ts';

const chain: Chain = { steps: [], schema: {} };
const other: Chain = { steps: [], schema: {} };

describe('a chain that is suspect', () => {
  it('is so for a minute, and no other is', () => {
    let now = 0;
    const suspects = new Suspects(() => now);
    expect(suspects.isSuspect(chain)).toBe(false);
    suspects.add(chain);
    now = 59_999;
    expect([suspects.isSuspect(chain), suspects.isSuspect(other)]).toEqual([true, false]);
    now = 60_000;
    expect(suspects.isSuspect(chain)).toBe(false);
  });

  it('is so for a minute more each time', () => {
    let now = 0;
    const suspects = new Suspects(() => now);
    suspects.add(chain);
    now = 59_999;
    suspects.add(chain);
    now = 119_998;
    expect(suspects.isSuspect(chain)).toBe(true);
  });
});
