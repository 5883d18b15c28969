import { describe, expect, it } from '@jest/globals';
import { countedPage, COUNTED_UP_TO } from './counted-page.ts';

const documents = (count: number) => {
  let counts = 0;
  return {
    find: async () => ({ items: [{ id: 'a', position: 1, document: {} }], nextCursor: count > 1 ? 'next' : null }),
    count: async (_where: unknown, atMost = count) => {
      counts++;
      return Math.min(count, atMost);
    },
    counts: () => counts,
  };
};
const totalOf = async (count: number, cursor?: string) => {
  const { total, totalIsAtLeast } = await countedPage(documents(count), { cursor });
  return [total, totalIsAtLeast];
};

describe('a page that says how many fit', () => {
  it.each([
    [2, 2, false],
    [COUNTED_UP_TO, 10_000, false],
    [COUNTED_UP_TO + 1, 10_000, true],
    [1_000_000, 10_000, true],
  ])('is exact up to ten thousand: %i', async (count, ...total) => {
    expect(await totalOf(count)).toEqual(total);
    expect(await totalOf(count, 'a later page')).toEqual(total);
  });

  it('counts nothing if it is the only one, and does if it is the last', async () => {
    const all = documents(1);
    expect(await countedPage(all, {})).toMatchObject({ total: 1, totalIsAtLeast: false, nextCursor: null });
    expect(all.counts()).toBe(0);
    await countedPage(all, { cursor: 'a later page' });
    expect(all.counts()).toBe(1);
  });
});
