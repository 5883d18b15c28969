import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ancestorsOf, isWithin, subtreeOf } from './workspace-tree.ts';

const parentIn = (parents: Record<string, string | null>) => (id: string) => parents[id];
const tree = parentIn({ root: null, channel: 'root', child: 'channel', other: 'root' });

describe('the ancestors of a workspace', () => {
  it('come nearest first, without the workspace itself', () => {
    expect(ancestorsOf('child', tree)).toEqual(['channel', 'root']);
    expect(ancestorsOf('root', tree)).toEqual([]);
    expect(ancestorsOf('unknown', tree)).toEqual([]);
  });

  it('end, each named once, whatever the parents are', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const graph = fc.record(Object.fromEntries(ids.map((id) => [id, fc.constantFrom(null, ...ids)])));
    fc.assert(
      fc.property(graph, fc.constantFrom(...ids), (parents, id) => {
        const ancestors = ancestorsOf(id, parentIn(parents));
        expect(new Set(ancestors).size).toBe(ancestors.length);
        expect(ancestors).not.toContain(id);
      }),
    );
  });
});

describe('a workspace', () => {
  it('is within itself and its ancestors only', () => {
    expect(isWithin('child', 'child', tree)).toBe(true);
    expect(isWithin('child', 'root', tree)).toBe(true);
    expect(isWithin('root', 'child', tree)).toBe(false);
    expect(isWithin('child', 'other', tree)).toBe(false);
  });
});

describe('a subtree', () => {
  const children: Record<string, string[]> = { root: ['channel', 'other'], channel: ['child'] };

  it('is the workspace and everything below it', () => {
    expect(subtreeOf('root', (id) => children[id] ?? [])).toEqual(['root', 'channel', 'other', 'child']);
    expect(subtreeOf('child', (id) => children[id] ?? [])).toEqual(['child']);
  });

  it('ends even in a loop', () => {
    expect(subtreeOf('a', (id) => (id === 'a' ? ['b'] : ['a']))).toEqual(['a', 'b']);
  });
});
