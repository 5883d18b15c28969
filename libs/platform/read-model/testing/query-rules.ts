import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Condition, Query, Value } from '../port.ts';
import { found, idsOf, numberedPages, pagesOf, stored, tasks, type Store, type Tasks } from './fixtures.ts';
import { answer, documents, queries } from './query-model.ts';

/** What is indexed changes no answer. */
const indexings: readonly Partial<ReturnType<typeof tasks>>[] = [
  {},
  {
    byPosition: false,
    indexes: ['dueAt', 'title', 'urgent'].map((last) => ({ fields: ['owner', last], sparse: true })),
  },
  {
    fields: tasks().fields.map((field) => ({ ...field, indexed: false })),
    indexes: [{ fields: ['dueAt'], sparse: true }, ['urgent', 'title']],
  },
];

export function describeQueries(store: Store): void {
  describe('a query', () => {
    let all: Tasks;
    beforeEach(async () => {
      all = await store.model().live(tasks());
      await all.commit(
        [
          stored('a', 1, { title: 'Paint', owner: 'ann', dueAt: 30, urgent: true }),
          stored('b', 2, { title: 'Glue', owner: 'ann', dueAt: 10, urgent: false }),
          stored('c', 3, { title: 'Émail', owner: 'bob', dueAt: 20.5 }),
          stored('d', 4, { title: 'Sand', owner: null, dueAt: null, urgent: null }),
        ],
        4,
      );
    });

    const matches: readonly (readonly [string, Condition, string])[] = [
      ['text equal to', { field: 'owner', eq: 'ann' }, 'ab'],
      ['a number equal to', { field: 'dueAt', eq: 20.5 }, 'c'],
      ['a boolean equal to', { field: 'urgent', eq: false }, 'b'],
      ['null or absent', { field: 'urgent', eq: null }, 'cd'],
      ['one of a list', { field: 'owner', in: ['bob', 'zoe'] }, 'c'],
      ['one of a list of booleans', { field: 'urgent', in: [true] }, 'a'],
      ['one of a list with null', { field: 'dueAt', in: [10, null] }, 'bd'],
      ['one of an empty list', { field: 'owner', in: [] }, ''],
      ['above', { field: 'dueAt', gt: 20.5 }, 'a'],
      ['at or above', { field: 'dueAt', gte: 20.5 }, 'ac'],
      ['below', { field: 'dueAt', lt: 20.5 }, 'b'],
      ['at or below', { field: 'dueAt', lte: 20.5 }, 'bc'],
      ['between', { field: 'title', gte: 'H', lt: 'S' }, 'a'],
      ['within a bound of null', { field: 'dueAt', gt: null }, ''],
      ['restricted by no bound', { field: 'dueAt' }, 'abcd'],
      ['present', { field: 'urgent', exists: true }, 'ab'],
      ['not present', { field: 'owner', exists: false }, 'd'],
      ['known by its id', { field: 'id', in: ['a', 'd', 'x'] }, 'ad'],
      ['newer than a position', { field: 'position', gt: 2 }, 'cd'],
      ['text with a part', { field: 'title', contains: 'a' }, 'acd'],
      ['text with a part of that case', { field: 'title', contains: 'É' }, 'c'],
      ['any text', { field: 'owner', contains: '' }, 'abc'],
      ['text with what looks like a pattern', { field: 'title', contains: '.' }, ''],
      ['known by a part of its id', { field: 'id', contains: 'b' }, 'b'],
    ];
    it.each(matches)('finds and counts what is %s', async (_, condition, ids) => {
      expect(await found(all, { where: [condition], sort: { field: 'id', direction: 'asc' } })).toEqual([...ids]);
      expect(await all.count([condition])).toBe(ids.length);
    });

    it('asks for all of its conditions', async () => {
      const where: readonly Condition[] = [
        { field: 'owner', eq: 'ann' },
        { field: 'dueAt', lte: 20 },
      ];
      expect(await found(all, { where })).toEqual(['b']);
      expect(await all.count(where)).toBe(1);
    });

    it('takes lists of more than a thousand values', async () => {
      const list = Array.from({ length: 5000 }, (_, at) => `owner-${at}`);
      expect(await found(all, { where: [{ field: 'owner', in: [...list, 'bob'] }] })).toEqual(['c']);
      expect(await all.getMany([...list, 'a', 'b', 'a'])).toHaveLength(2);
    });

    it.each([
      [0, 0],
      [1, 1],
      [2, 2],
      [3, 2],
      [1_000_000, 2],
    ])('counts no further than asked: at most %i makes %i of 2', async (atMost, counted) => {
      expect(await all.count([{ field: 'owner', eq: 'ann' }], atMost)).toBe(counted);
      expect(await all.count(undefined, atMost)).toBe(Math.min(atMost, 4));
    });

    it.each([-1, 1.5, Number.NaN, Infinity])('does not count at most %s', async (atMost) => {
      await expect(all.count([], atMost)).rejects.toThrow(TypeError);
    });

    it('finds everything, newest first, when nothing is said', async () => {
      expect(await found(all, {})).toEqual(['d', 'c', 'b', 'a']);
      expect(await all.count()).toBe(4);
    });

    const orders: readonly (readonly [string, 'asc' | 'desc', string])[] = [
      ['title', 'asc', 'badc'],
      ['title', 'desc', 'cdab'],
      ['dueAt', 'asc', 'dbca'],
      ['dueAt', 'desc', 'acbd'],
      ['owner', 'asc', 'dabc'],
      ['owner', 'desc', 'cbad'],
      ['urgent', 'asc', 'cdba'],
      ['urgent', 'desc', 'abdc'],
      ['position', 'asc', 'abcd'],
      ['id', 'desc', 'dcba'],
    ];
    it.each(orders)('sorts by %s, %s: nulls lowest, ties by id', async (field, direction, ids) => {
      const sort = { field, direction };
      expect(await found(all, { sort })).toEqual([...ids]);
      expect(idsOf((await pagesOf(all, { sort, limit: 1 })).flat())).toEqual([...ids]);
    });

    it('holds 50 documents a page unless asked for another number', async () => {
      await all.commit(
        Array.from({ length: 60 }, (_, at) => stored(`more-${at}`, 10 + at)),
        70,
      );
      expect((await all.find({})).items).toHaveLength(50);
      expect((await all.find({ limit: 1000 })).items).toHaveLength(64);
    });

    it.each([0, -1, 1.5, 1001, Number.NaN])('refuses a limit of %s', async (limit) => {
      await expect(all.find({ limit })).rejects.toMatchObject({ kind: 'invalid', errors: [{ field: 'limit' }] });
    });

    it.each([
      [0, 'dcba'],
      [1, 'cba'],
      [4, ''],
      [Number.MAX_SAFE_INTEGER, ''],
    ])('leaves out the first %i', async (skip, ids) => {
      expect(await found(all, { skip })).toEqual([...ids]);
      expect(await found(all, { skip, limit: 1 })).toEqual([...ids].slice(0, 1));
      expect(idsOf((await pagesOf(all, { skip, limit: 1 })).flat())).toEqual([...ids]);
    });

    it.each([-1, 1.5, Number.NaN, Infinity, 2 ** 53])('refuses to skip %s', async (skip) => {
      await expect(all.find({ skip })).rejects.toMatchObject({ kind: 'invalid', errors: [{ field: 'skip' }] });
    });

    it('skips nothing after a cursor', async () => {
      const { nextCursor } = await all.find({ limit: 1 });
      const cursor = nextCursor ?? '';
      expect(await found(all, { cursor, skip: 0 })).toEqual(['c', 'b', 'a']);
      await expect(all.find({ cursor, skip: 1 })).rejects.toThrow(TypeError);
    });

    it.each<[string, Query]>([
      ['an undeclared field', { where: [{ field: 'details', eq: 'x' }] }],
      ['a sort by an undeclared field', { sort: { field: 'f; DROP', direction: 'asc' } }],
      ['a value of another type', { where: [{ field: 'dueAt', gt: '5' }] }],
      ['a list with a value of another type', { where: [{ field: 'owner', in: ['ann', 5] }] }],
      ['a part of what is no text', { where: [{ field: 'dueAt', contains: '5' }] }],
      ['a part that is no text', { where: [{ field: 'owner', contains: 5 as unknown as string }] }],
      ['a part that is missing', { where: [{ field: 'owner', contains: null as unknown as string }] }],
      ['going down to a number of what is text', { sort: { field: 'title', direction: 'desc' }, downTo: 5 }],
      ['going down to a number of what ascends', { sort: { field: 'dueAt', direction: 'asc' }, downTo: 5 }],
      ['going down to no number', { downTo: Number.NaN }],
      ['a value that is missing', { where: [{ field: 'owner', eq: undefined as unknown as Value }] }],
    ])('rejects %s', async (_, query) => {
      await expect(all.find(query)).rejects.toThrow(TypeError);
      if (query.where) await expect(all.count(query.where)).rejects.toThrow(TypeError);
    });
  });

  it('answers every query, page after page, as a plain list would', async () => {
    let run = 0;
    const property = fc.asyncProperty(
      documents,
      fc.array(queries, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(...indexings),
      async (all, asked, indexing) => {
        const collection = await store.model().live(tasks({ ...indexing, name: `tasks-${run++}` }));
        await collection.commit(all, 12);
        for (const query of asked) {
          const whole = answer(all, { ...query, skip: 0 });
          const expected = answer(all, query);
          const pages = await pagesOf(collection, query);
          expect(pages.flat()).toEqual(expected);
          expect(pages.every((page) => page.length <= (query.limit ?? 50))).toBe(true);
          expect(pages).toHaveLength(Math.max(1, Math.ceil(expected.length / (query.limit ?? 50))));
          expect(await numberedPages(collection, query)).toEqual(whole);
          expect(await collection.count(query.where)).toBe(whole.length);
        }
      },
    );
    await fc.assert(property, { numRuns: 150 });
  }, 120_000);
}
