import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Page, Query, Stored } from '../port.ts';
import { idsOf, pagesOf, stored, tasks, type Store, type Task, type Tasks } from './fixtures.ts';
import { documents } from './query-model.ts';

export function describePaging(store: Store): void {
  describe('a page', () => {
    const byDueTime: Query = { sort: { field: 'dueAt', direction: 'asc' }, limit: 2 };
    let all: Tasks;
    beforeEach(async () => {
      all = await store.model().live(tasks());
      await all.commit(
        ['a', 'b', 'c', 'd', 'e'].map((id, at) => stored(id, at, { dueAt: 10 * at, owner: 'ann' })),
        4,
      );
    });

    it('says whether there is a next one', async () => {
      const pages = await pagesOf(all, byDueTime);
      expect(pages.map(idsOf)).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect((await all.find({ limit: 5 })).nextCursor).toBeNull();
      expect(await all.find({ where: [{ field: 'owner', eq: 'nobody' }] })).toEqual({ items: [], nextCursor: null });
    });

    it('goes on behind the last item when documents are added around it', async () => {
      const added = [
        stored('before', 5, { dueAt: 5 }),
        stored('between', 6, { dueAt: 15 }),
        stored('behind', 7, { dueAt: 99 }),
      ];
      const pages = await pagesOf(all, byDueTime, async (page) => {
        if (page === 1) await all.commit(added, 7);
      });
      expect(idsOf(pages.flat())).toEqual(['a', 'b', 'between', 'c', 'd', 'e', 'behind']);
    });

    it('neither skips nor repeats what stood still while others moved', async () => {
      const pages = await pagesOf(all, byDueTime, async (page) => {
        if (page === 1) await all.commit([stored('b', 5, { dueAt: -1 }), stored('a', 6, { dueAt: -2 })], 6);
        if (page === 2) await all.commit([stored('d', 7, { dueAt: null })], 7);
      });
      expect(idsOf(pages.flat())).toEqual(['a', 'b', 'c', 'd', 'e']);
    });

    it('newest first is not disturbed by what is newer', async () => {
      const pages = await pagesOf(all, { limit: 2 }, async (page) => {
        await all.commit([stored(`new-${page}`, 10 + page), stored('e', 20 + page)], 30);
      });
      expect(idsOf(pages.flat())).toEqual(['e', 'd', 'c', 'b', 'a']);
    });

    it('goes on among documents of the same value and position', async () => {
      const twins = Array.from({ length: 7 }, (_, at) => stored(`twin-${at}`, 50, { title: 'same' }));
      await all.commit(twins, 50);
      for (const field of ['title', 'position']) {
        const where = [{ field: 'title', eq: 'same' }];
        const pages = await pagesOf(all, { where, sort: { field, direction: 'desc' }, limit: 3 });
        expect(idsOf(pages.flat())).toEqual(idsOf(twins).toReversed());
      }
    });

    it('is refused for a cursor of another sort, direction or collection', async () => {
      const { nextCursor } = await all.find(byDueTime);
      const cursor = nextCursor ?? '';
      const other = await store.model().live(tasks({ name: 'other-tasks' }));
      const refused = { kind: 'invalid', errors: [{ field: 'cursor' }] };
      await expect(all.find({ cursor })).rejects.toMatchObject(refused);
      await expect(all.find({ cursor, sort: { field: 'title', direction: 'asc' } })).rejects.toMatchObject(refused);
      await expect(all.find({ cursor, sort: { field: 'dueAt', direction: 'desc' } })).rejects.toMatchObject(refused);
      await expect(other.find({ ...byDueTime, cursor })).rejects.toMatchObject(refused);
      await expect(all.find({ ...byDueTime, cursor })).resolves.toMatchObject({ items: [{ id: 'c' }, { id: 'd' }] });
    });

    it('is refused for a damaged cursor', async () => {
      const { nextCursor } = await all.find(byDueTime);
      const cursor = nextCursor ?? '';
      const encoded = (content: unknown) => Buffer.from(JSON.stringify(content)).toString('base64url');
      const damaged = [
        '',
        'x',
        'null',
        ' ',
        `${cursor}!`,
        `${cursor}AAAA`,
        cursor.slice(1),
        cursor.slice(0, -4),
        encoded(null),
        encoded({}),
        encoded(['tasks', 'dueAt', 'asc', 10]),
        encoded(['tasks', 'dueAt', 'asc', '10', 'b']),
        encoded(['tasks', 'dueAt', 'asc', { $gt: 1 }, 'b']),
        encoded(['tasks', 'dueAt', 'asc', 10, 7]),
      ];
      for (const bad of damaged) {
        const refused = { kind: 'invalid', errors: [{ field: 'cursor' }] };
        await expect(all.find({ ...byDueTime, cursor: bad })).rejects.toMatchObject(refused);
      }
    });

    it('goes down to a number, and says where those below it begin', async () => {
      const highest: Query = { sort: { field: 'dueAt', direction: 'desc' } };
      const top = await all.find({ ...highest, downTo: 20 });
      expect(idsOf(top.items)).toEqual(['e', 'd', 'c']);
      const cursor = top.nextCursor ?? '';
      expect(idsOf((await all.find({ ...highest, cursor })).items)).toEqual(['b', 'a']);
      expect(await all.find({ ...highest, cursor, downTo: 20 })).toEqual({ items: [], nextCursor: cursor });
      const last = await all.find({ ...highest, cursor, downTo: -1 });
      expect(idsOf(last.items)).toEqual(['b', 'a']);
      expect(last.nextCursor).not.toBeNull();
    });
  });

  it('has each document once, whatever numbers a query goes down to on its way', async () => {
    let run = 0;
    const property = fc.asyncProperty(
      documents,
      fc.record({ field: fc.constantFrom('dueAt', 'position'), limit: fc.integer({ min: 1, max: 4 }) }),
      fc.array(fc.integer({ min: -3, max: 14 }), { maxLength: 6 }),
      async (some, { field, limit }, bounds) => {
        const collection = await store.model().live(tasks({ name: `pieces-${run++}` }));
        await collection.commit(some, 12);
        const query: Query = { sort: { field, direction: 'desc' }, limit };
        const pieces: Stored<Task>[] = [];
        let cursor: string | null = null;
        for (const downTo of bounds.toSorted((a, b) => b - a)) {
          for (let isFull = true; isFull;) {
            const page: Page<Task> = await collection.find({ ...query, downTo, ...(cursor !== null && { cursor }) });
            pieces.push(...page.items);
            cursor = page.nextCursor;
            isFull = page.items.length === limit;
          }
        }
        const rest = await pagesOf(collection, { ...query, ...(cursor !== null && { cursor }) });
        expect([...pieces, ...rest.flat()]).toEqual((await pagesOf(collection, query)).flat());
      },
    );
    await fc.assert(property, { numRuns: 100 });
  }, 120_000);
}
