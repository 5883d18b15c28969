import { describe, expect, it } from '@jest/globals';
import type { Chain } from './chain.ts';
import { KnownChains } from './known-chains.ts';

const chain = (): Chain => ({ steps: [], schema: {} });
const many = (count: number) => Array.from({ length: count }, chain);

describe('a chain', () => {
  it('is told once, and has one number from then on', () => {
    const known = new KnownChains();
    const [one, other] = [chain(), chain()];
    const text = JSON.stringify(one);
    expect(known.refer([one, other, one])).toEqual({
      learn: [
        [1, text],
        [2, text],
      ],
      forget: [],
      chains: [1, 2, 1],
    });
    expect(known.refer([other])).toEqual({ learn: [], forget: [], chains: [2] });
  });

  it('is told again to another thread', () => {
    const known = new KnownChains();
    const way = chain();
    known.refer([way]);
    known.clear();
    expect(known.refer([way]).learn).toHaveLength(1);
  });

  it('is forgotten when 200 others were used after it, and told again when it is needed', () => {
    const known = new KnownChains();
    const first = chain();
    known.refer([first]);
    expect(known.refer(many(199)).forget).toEqual([]);
    expect(known.refer(many(1)).forget).toEqual([1]);
    expect(known.refer([first])).toMatchObject({ learn: [[202, expect.any(String)]], forget: [2] });
  });

  it('is not forgotten while it is used, however long it is known', () => {
    const known = new KnownChains();
    const first = chain();
    known.refer([first, ...many(199)]);
    known.refer([first]);
    expect(known.refer(many(1)).forget).toEqual([2]);
  });

  it('is not forgotten by the message that needs it', () => {
    const known = new KnownChains();
    const [first, ...others] = many(300);
    known.refer([first ?? chain()]);
    const told = known.refer([first ?? chain(), ...others]);
    expect(told.forget).toEqual([]);
    expect(told.learn).toHaveLength(299);
    expect(known.refer(many(1)).forget).toHaveLength(101);
  });
});
