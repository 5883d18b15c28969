import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { balance, quotas, type Situation } from './balance.ts';

const namesOf = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`);
const alone: Situation = {
  owner: 'A',
  names: namesOf(5),
  members: ['A'],
  leases: [],
  kept: [],
  barred: new Set(),
};
const heldBy = (owner: string, ...names: string[]) => names.map((name) => ({ name, owner }));

describe('quotas', () => {
  const counts = fc.dictionary(fc.string(), fc.nat(300), { minKeys: 1, maxKeys: 8 });

  it('add up to all names and differ by one at most', () => {
    fc.assert(
      fc.property(counts, fc.nat(300), (held, total) => {
        const each = [...quotas(new Map(Object.entries(held)), total).values()];
        expect(each.reduce((a, b) => a + b)).toBe(total);
        expect(Math.max(...each) - Math.min(...each)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are larger for those who hold more already', () => {
    expect(
      quotas(
        new Map([
          ['A', 2],
          ['B', 3],
        ]),
        5,
      ),
    ).toEqual(
      new Map([
        ['B', 3],
        ['A', 2],
      ]),
    );
  });

  it('do not depend on how much of what is too much has been given back', () => {
    const before = new Map(Object.entries({ A: 7, B: 7, C: 7, D: 0 }));
    const quotasBefore = quotas(before, 21);
    for (const [member, quota] of quotasBefore) {
      if (member === 'D') continue;
      expect(quotas(new Map([...before, [member, quota]]), 21)).toEqual(quotasBefore);
    }
  });
});

describe('balancing', () => {
  it('takes all names when nobody else is there', () => {
    expect([...balance(alone).take].sort()).toEqual(alone.names);
  });

  it('counts this process even if the store does not list it', () => {
    const situation = { ...alone, members: [], leases: heldBy('A', ...alone.names), kept: alone.names };
    expect(balance(situation)).toEqual({ take: [], giveBack: [] });
  });

  it('takes only what is free or its own, and not what is barred', () => {
    const leases = [...heldBy('A', 'n0'), ...heldBy('gone', 'n1')];
    expect([...balance({ ...alone, leases, barred: new Set(['n2']) }).take].sort()).toEqual(['n0', 'n3', 'n4']);
  });

  it('gives back what it has held for the shortest time', () => {
    const kept = ['n4', 'n0', 'n3', 'n1', 'n2'];
    const moves = balance({ ...alone, members: ['A', 'B'], leases: heldBy('A', ...kept), kept });
    expect(moves).toEqual({ take: [], giveBack: ['n1', 'n2'] });
  });

  it('gives back nothing more while it still gives back', () => {
    const moves = balance({
      ...alone,
      members: ['A', 'B'],
      leases: heldBy('A', ...alone.names),
      kept: ['n0', 'n1', 'n2'],
    });
    expect(moves).toEqual({ take: [], giveBack: [] });
  });

  it('leaves to the others their share, and begins elsewhere than they do', () => {
    const situation = { ...alone, names: namesOf(256), members: ['A', 'B', 'C'] };
    const taken = ['A', 'B', 'C'].map((owner) => balance({ ...situation, owner }).take);
    expect(taken.map(({ length }) => length)).toEqual([86, 85, 85]);
    expect(new Set(taken.flat()).size).toBeGreaterThan(250);
  });

  it('ignores leases of names that it does not know', () => {
    const leases = [...heldBy('B', 'n0', 'n1', 'member/B', 'of another release'), ...heldBy('A', 'member/A')];
    expect(balance({ ...alone, members: ['A', 'B'], leases }).take).toHaveLength(2);
  });
});
