import { beforeEach, describe, expect, it } from '@jest/globals';
import type { Chain } from './chain.ts';
import { FairLines } from './fair-lines.ts';

type Asked = { readonly chain: Chain; readonly name: string; readonly reject: (error: Error) => void };

const chain = (): Chain => ({ steps: [], schema: {} });
const [a, b, c] = [chain(), chain(), chain()];

let now: number;
let rejected: string[];
let lines: FairLines<Asked>;
beforeEach(() => {
  now = 0;
  rejected = [];
  lines = new FairLines(() => now);
});

const add = (way: Chain, ...names: readonly string[]) =>
  names.forEach((name) => lines.add({ chain: way, name, reject: () => rejected.push(name) }));
const next = () => lines.next()?.name;
const rest = () => {
  const names: string[] = [];
  for (let name = next(); name !== undefined; name = next()) names.push(name);
  return names;
};
const numbered = (name: string, count: number) => Array.from({ length: count }, (_, n) => `${name}${n}`);

describe('lines', () => {
  it('are each in the order in which they were asked', () => {
    add(a, 'a0', 'a1');
    add(b, 'b0');
    add(a, 'a2');
    expect(rest()).toEqual(['a0', 'a1', 'a2', 'b0']);
    expect(next()).toBeUndefined();
  });

  it('change when the turn of one is ended', () => {
    add(a, 'a0', 'a1');
    add(b, 'b0', 'b1');
    add(c, 'c0');
    expect(next()).toBe('a0');
    lines.endTurn(a);
    expect(next()).toBe('b0');
    lines.endTurn(b);
    expect(rest()).toEqual(['c0', 'a1', 'b1']);
  });

  it('change after 100 questions', () => {
    add(a, ...numbered('a', 150));
    add(b, 'b0');
    expect(rest()).toEqual([...numbered('a', 100), 'b0', ...numbered('a', 150).slice(100)]);
  });

  it('give each 100, whatever the one before has had', () => {
    add(a, ...numbered('a', 99));
    add(b, ...numbered('b', 101));
    add(c, 'c0');
    expect(rest().slice(-2)).toEqual(['c0', 'b100']);
  });
});

describe('a question', () => {
  it('that is one too many is rejected in the longest line', () => {
    add(a, ...numbered('a', 200));
    add(b, ...numbered('b', 56));
    expect(rejected).toEqual([]);
    add(b, 'b56', 'b57');
    expect(rejected).toEqual(['a199', 'a198']);
    expect(rest()).toHaveLength(256);
  });

  it('that is one too many is one of 256 chains', () => {
    for (const name of numbered('q', 257)) add(chain(), name);
    expect(rejected).toHaveLength(1);
    expect(rest()).toHaveLength(256);
    add(a, ...numbered('a', 256));
    expect(rejected).toHaveLength(1);
  });

  it('that has waited over 5 s is rejected, unless it is the first of its line', () => {
    add(a, 'a0', 'a1', 'a2');
    add(b, 'b0', 'b1');
    now = 1;
    add(b, 'b2');
    now = 5_001;
    expect(next()).toBe('a0');
    expect(rejected).toEqual(['a2', 'b1']);
    expect(rest()).toEqual(['a1', 'b0', 'b2']);
  });

  it('comes out once more when all is cleared', () => {
    add(a, 'a0');
    add(b, 'b0');
    expect(lines.clear().map(({ name }) => name)).toEqual(['a0', 'b0']);
    expect(next()).toBeUndefined();
    expect(rejected).toEqual([]);
  });
});
