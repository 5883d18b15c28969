import { describe, expect, it } from '@jest/globals';
import { DueErrands } from './due-errands.ts';

const taken = (due: DueErrands, now: number): string[] => {
  const ids: string[] = [];
  for (let id = due.take(now); id !== undefined; id = due.take(now)) ids.push(id);
  return ids;
};
const having = (...entries: readonly (readonly [string, number | null])[]) => {
  const due = new DueErrands();
  for (const [id, dueAt] of entries) due.set(id, dueAt);
  return due;
};

describe('due errands', () => {
  it('are taken out once, the longest due first, and those of one instant in the order they came', () => {
    const due = having(['c', 3], ['a', 1], ['x', 2], ['b', 2], ['later', 4]);
    expect(taken(due, 3)).toEqual(['a', 'x', 'b', 'c']);
    expect(taken(due, 4)).toEqual(['later']);
  });

  it('that are postponed or over meanwhile are left', () => {
    const due = having(['a', 1], ['b', 1], ['c', 1], ['d', 1]);
    expect(due.take(1)).toBe('a');
    due.set('b', 5);
    due.set('c', null);
    expect(taken(due, 1)).toEqual(['d']);
    expect(taken(due, 5)).toEqual(['b']);
  });

  it('say when the next of them is due', () => {
    const due = having(['a', 1], ['c', 7], ['b', 5]);
    expect(due.nextAfter(1)).toBe(5);
    expect(due.nextAfter(5)).toBe(7);
    expect(due.nextAfter(7)).toBeUndefined();
  });
});
