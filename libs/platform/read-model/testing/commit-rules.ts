import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START } from '../../kernel/index.ts';
import type { Stored } from '../port.ts';
import { stored, tasks, type Store, type Task, type Tasks } from './fixtures.ts';

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

  describe('a document', () => {
    const content: Task = {
      title: 'Zoë \u{1f600} \u2028 "quoted" \\ \u0000',
      dueAt: 1_700_000_000_123.5,
      details: { list: [], nested: [{ deep: { er: [null, true, 0.1, -7, 2 ** 53 - 1] } }], empty: {}, '$set.x': 1 },
    };

    it('comes back as it was stored', async () => {
      await all.commit([stored('a', 1, content)], 1);
      const list: readonly Stored<Task>[] = (await all.find({ where: [{ field: 'title', eq: content.title ?? '' }] }))
        .items;
      expect(await all.get('a')).toStrictEqual(stored('a', 1, content));
      expect(await all.getMany(['a'])).toStrictEqual([stored('a', 1, content)]);
      expect(list).toStrictEqual([stored('a', 1, content)]);
    });

    it('comes back whatever JSON it holds', async () => {
      let position = 0;
      const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
      const property = fc.asyncProperty(json, async (details) => {
        position += 1;
        await all.commit([stored('a', position, { details })], position);
        expect((await all.get('a'))?.document).toStrictEqual({ details });
      });
      await fc.assert(property);
    });

    it('is not altered in the store by whoever read or wrote it', async () => {
      const details = { steps: ['one'] };
      await all.commit([stored('a', 1, { details })], 1);
      details.steps.push('after the commit');
      for (const read of [await all.get('a'), (await all.getMany(['a']))[0], (await all.find({})).items[0]]) {
        (read?.document.details as typeof details).steps.push('by a reader');
      }
      expect((await all.get('a'))?.document).toEqual({ details: { steps: ['one'] } });
    });
  });
}
