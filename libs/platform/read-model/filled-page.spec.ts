import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Projection } from '../kernel/index.ts';
import { Stores } from '../processing/testing/stores.ts';
import type { Collection, Query } from './port.ts';
import { filledPage } from './filled-page.ts';

type Numbered = { readonly n: number };
const numbers: Projection<Numbered> = {
  name: 'numbers',
  version: 1,
  categories: ['number'],
  fields: [{ field: 'n', type: 'number' }],
  keys: () => [],
  fold: (document) => document,
};
const COUNT = 1_000;

describe('a page of what is kept', () => {
  let stores: Stores;
  let collection: Collection<Numbered>;
  let asked: number;
  beforeEach(async () => {
    stores = await Stores.open();
    collection = await stores.readModel.live(numbers);
    await add(...Array.from({ length: COUNT }, (_, n) => n));
    asked = 0;
  });
  afterEach(() => stores.dispose());

  const add = (...all: number[]) =>
    collection.commit(
      all.map((n) => ({ id: `n${n}`, position: n + 1, document: { n } })),
      COUNT,
    );
  const documents = {
    find: (query: Query) => {
      asked++;
      return collection.find(query);
    },
  };
  const page = (limit: number, keeps: (document: Numbered) => boolean, cursor?: string) =>
    filledPage(documents, { sort: { field: 'n', direction: 'desc' }, limit, cursor }, keeps);
  const all = async (limit: number, keeps: (document: Numbered) => boolean) => {
    const found: number[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { items, nextCursor } = await page(limit, keeps, cursor);
      expect(items.length).toBeLessThanOrEqual(limit);
      if (nextCursor !== null) expect(items).toHaveLength(limit);
      found.push(...items.map(({ n }) => n));
      cursor = nextCursor;
    }
    return found;
  };

  it('has every one once, and is full unless it is the last', () =>
    fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 250 }), fc.integer({ min: 1, max: 400 }), async (limit, every) => {
        const expected = Array.from({ length: COUNT }, (_, n) => COUNT - 1 - n).filter((n) => n % every === 0);
        expect(await all(limit, ({ n }) => n % every === 0)).toEqual(expected);
      }),
      { numRuns: 15 },
    ));

  it('of one takes a few queries, however far it is', async () => {
    const { items } = await page(1, ({ n }) => n === 3);
    expect(items).toEqual([{ n: 3 }]);
    expect(asked).toBeLessThanOrEqual(COUNT / 200 + 1);
  });

  it('leaves nothing out that comes or goes while it is read', async () => {
    const kept = new Set([100, 300, 500]);
    let left = true;
    const { items, nextCursor } = await page(2, ({ n }) => {
      if (n === 300 && left) {
        left = false;
        kept.delete(300);
        return true;
      }
      return kept.has(n);
    });
    expect(items).toEqual([{ n: 500 }]);
    expect((await page(2, ({ n }) => kept.has(n), nextCursor ?? '')).items).toEqual([{ n: 100 }]);
  });
});
