import { beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { found, stored, tasks, type Store, type Tasks } from './fixtures.ts';

export function describeCommits(store: Store): void {
  let all: Tasks;
  beforeEach(async () => {
    all = await store.model().live(tasks());
  });

  describe('a new collection', () => {
    it('is empty, at START and not stale', async () => {
      expect(await all.checkpoint()).toBe(START);
      expect(await all.count()).toBe(0);
      expect(await all.get('a')).toBeUndefined();
      expect(await all.getMany(['a', 'b'])).toEqual([]);
      expect(all.stale).toBe(false);
    });

    it('is the same one for everybody who opens it', async () => {
      const again = await store.model().live(tasks());
      await all.commit([stored('a', 0)], 0);
      expect(await again.get('a')).toEqual(stored('a', 0));
    });

    it('shares nothing with another', async () => {
      const other = await store.model().live(tasks({ name: 'other-tasks' }));
      await other.commit([stored('a', 3)], 3);
      expect(await all.get('a')).toBeUndefined();
      expect(await all.checkpoint()).toBe(START);
    });

    it.each(['', 'Tasks', '1tasks', 'tasks"', 'a b', 'a_b'])('is not made under the name %j', async (name) => {
      await expect(store.model().live(tasks({ name }))).rejects.toThrow(TypeError);
    });

    it.each(['', 'due at', 'due-at', '$due', 'due.at', '1st', 'id', 'position'])('takes no field %j', async (field) => {
      await expect(store.model().live(tasks({ fields: [{ field, type: 'text' }] }))).rejects.toThrow(TypeError);
    });
  });

  describe('a commit', () => {
    it('stores documents together with the checkpoint', async () => {
      await all.commit([stored('a', 3, { title: 'Paint' }), stored('b', 5, { title: 'Glue' })], 7);
      expect(await all.get('a')).toEqual(stored('a', 3, { title: 'Paint' }));
      expect(await all.getMany(['b', 'x'])).toEqual([stored('b', 5, { title: 'Glue' })]);
      expect(await all.checkpoint()).toBe(7);
    });

    it('may move the checkpoint alone', async () => {
      await all.commit([], 9);
      expect(await all.checkpoint()).toBe(9);
    });

    it('replaces a document, and what it is found by, from a higher position', async () => {
      await all.commit([stored('a', 1, { owner: 'ann', dueAt: 5 })], 1);
      await all.commit([stored('a', 2, { owner: 'bob' })], 2);
      expect(await all.get('a')).toEqual(stored('a', 2, { owner: 'bob' }));
      expect(await all.count([{ field: 'owner', eq: 'ann' }])).toBe(0);
      expect(await all.count([{ field: 'dueAt', exists: true }])).toBe(0);
      expect(await all.count([{ field: 'owner', eq: 'bob' }])).toBe(1);
    });

    it.each([1, 2])('from position %i changes nothing that is at position 2', async (position) => {
      await all.commit([stored('a', 2, { owner: 'ann' })], 2);
      await all.commit([stored('a', position, { owner: 'late' }), stored('b', position)], 2);
      expect(await all.get('a')).toEqual(stored('a', 2, { owner: 'ann' }));
      expect(await all.count([{ field: 'owner', eq: 'late' }])).toBe(0);
      expect(await all.get('b')).toEqual(stored('b', position));
    });

    it('repeated changes nothing', async () => {
      const batch = [stored('a', 2, { owner: 'ann' }), stored('b', 4)];
      await all.commit(batch, 5);
      await all.commit(batch, 5);
      expect((await all.find({})).items).toEqual(batch.toReversed());
      expect(await all.checkpoint()).toBe(5);
    });

    it('that holds a document twice stores the newer one', async () => {
      await all.commit([stored('a', 1, { owner: 'ann' }), stored('a', 3, { owner: 'cleo' }), stored('a', 2)], 3);
      expect(await all.get('a')).toEqual(stored('a', 3, { owner: 'cleo' }));
      expect(await all.count([{ field: 'owner', eq: 'ann' }])).toBe(0);
    });

    it('at the same time as others leaves of each document what is newest', async () => {
      const again = await store.model().live(tasks());
      const ids = ['a', 'b', 'c', 'd'];
      const commits = [3, 9, 1, 7, 5, 2, 8, 4, 6].map((at) =>
        (at % 2 ? all : again).commit(
          ids.map((id) => stored(id, at, { title: `as of ${at}` })),
          at,
        ),
      );
      await Promise.all(commits);
      expect(await all.getMany(ids)).toEqual(
        expect.arrayContaining(ids.map((id) => stored(id, 9, { title: 'as of 9' }))),
      );
      expect(await all.checkpoint()).toBe(9);
    });

    it('may hold thousands of documents, new and known, older and newer', async () => {
      const documents = (count: number, position: number) =>
        Array.from({ length: count }, (_, n) => stored(`task-${n}`, position, { dueAt: n, details: 'x'.repeat(500) }));
      await all.commit(documents(1_500, 5), 5);
      await all.commit([...documents(500, 4), ...documents(3_000, 7).slice(1_000)], 7);
      expect(await all.count()).toBe(3_000);
      expect(await all.count([{ field: 'position', eq: 5 }])).toBe(1_000);
      expect(await all.count([{ field: 'position', eq: 7 }])).toBe(2_000);
    });

    it('keeps positions as large as the places of a log', async () => {
      const large = [2 ** 31, 2 ** 40 + 1, 2 ** 53 - 2];
      for (const position of large)
        await all.commit([stored(`at-${position}`, position), stored('a', position)], position);
      await all.commit([stored('a', 7, { owner: 'late' })], 7);
      expect(await all.get('a')).toEqual(stored('a', 2 ** 53 - 2));
      expect(await all.checkpoint()).toBe(2 ** 53 - 2);
      expect(await found(all, { where: [{ field: 'position', gt: 2 ** 31, lt: 2 ** 53 - 2 }] })).toEqual([
        `at-${2 ** 40 + 1}`,
      ]);
    });

    it('never moves the checkpoint back', async () => {
      await all.commit([], 9);
      await all.commit([stored('late', 4)], 4);
      expect(await all.checkpoint()).toBe(9);
    });

    it('stores all of its documents or none, and then keeps the checkpoint', async () => {
      const wrong = stored('wrong', 2, { dueAt: 'soon' as unknown as number });
      await expect(all.commit([stored('a', 1), wrong], 2)).rejects.toThrow(TypeError);
      expect(await all.count()).toBe(0);
      expect(await all.checkpoint()).toBe(START);
      await all.commit([stored('a', 1)], 1);
      expect(await all.count()).toBe(1);
    });

    it('survives closing and opening again', async () => {
      await all.commit([stored('a', 3, { owner: 'ann' })], 6);
      const reopened = await (await store.reopen()).live(tasks());
      expect(reopened.stale).toBe(false);
      expect(await reopened.checkpoint()).toBe(6);
      expect((await reopened.find({ where: [{ field: 'owner', eq: 'ann' }] })).items).toEqual([
        stored('a', 3, { owner: 'ann' }),
      ]);
      await reopened.commit([stored('a', 2, { owner: 'late' })], 5);
      expect(await reopened.get('a')).toEqual(stored('a', 3, { owner: 'ann' }));
    });
  });

  describe('a read model that is closed', () => {
    it('rejects every call', async () => {
      const model = store.model();
      await all.commit([stored('a', 1)], 1);
      await model.rebuild(tasks());
      await model.close();
      const calls = [
        () => all.get('a'),
        () => all.getMany(['a']),
        () => all.find({}),
        () => all.count(),
        () => all.checkpoint(),
        () => all.commit([stored('b', 2)], 2),
        () => model.live(tasks()),
        () => model.rebuild(tasks()),
        () => model.swap('tasks'),
      ];
      for (const call of calls) await expect(call()).rejects.toThrow();
      await model.close();
    });
  });
}
