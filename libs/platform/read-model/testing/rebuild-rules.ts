import { beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { found, stored, tasks, type Store, type Tasks } from './fixtures.ts';

export function describeRebuilds(store: Store): void {
  describe('a rebuild', () => {
    const changed = tasks({ version: 2 });
    let live: Tasks;
    beforeEach(async () => {
      live = await store.model().live(tasks());
      await live.commit([stored('a', 5, { owner: 'ann' }), stored('gone', 6)], 6);
    });

    it('starts empty and leaves what is served as it is', async () => {
      const next = await store.model().rebuild(changed);
      expect(await next.checkpoint()).toBe(START);
      expect(await next.count()).toBe(0);
      await next.commit([stored('a', 1, { owner: 'bob' })], 1);
      expect(await next.get('a')).toEqual(stored('a', 1, { owner: 'bob' }));
      expect(await live.get('a')).toEqual(stored('a', 5, { owner: 'ann' }));
      expect(await live.checkpoint()).toBe(6);
      await live.commit([stored('new', 7)], 7);
      expect(await next.get('new')).toBeUndefined();
    });

    it('is served after the swap, also to those who held the live documents before', async () => {
      const next = await store.model().rebuild(changed);
      await next.commit([stored('a', 5, { owner: 'bob' })], 8);
      await store.model().swap('tasks');
      for (const held of [live, await store.model().live(changed)]) {
        expect(await found(held, {})).toEqual(['a']);
        expect(await found(held, { where: [{ field: 'owner', eq: 'bob' }] })).toEqual(['a']);
        expect(await held.checkpoint()).toBe(8);
      }
      await live.commit([stored('b', 9)], 9);
      expect(await (await store.model().live(changed)).get('b')).toEqual(stored('b', 9));
    });

    it('once swapped in is there after opening again, and the old documents are not', async () => {
      const next = await store.model().rebuild(changed);
      await next.commit([stored('b', 5)], 8);
      await store.model().swap('tasks');
      const reopened = await (await store.reopen()).live(changed);
      expect(await found(reopened, {})).toEqual(['b']);
      expect(await reopened.checkpoint()).toBe(8);
      expect(reopened.stale).toBe(false);
    });

    it('starts empty again after one that was abandoned', async () => {
      const abandoned = await store.model().rebuild(changed);
      await abandoned.commit([stored('half', 1)], 1);
      const next = await store.model().rebuild(changed);
      expect(await next.count()).toBe(0);
      expect(await next.checkpoint()).toBe(START);
      await expect(abandoned.commit([stored('late', 2)], 2)).rejects.toThrow();
      expect(await next.count()).toBe(0);
    });

    it('starts empty again after a restart in the middle', async () => {
      await (await store.model().rebuild(changed)).commit([stored('half', 1)], 1);
      const reopened = await store.reopen();
      expect(await found(await reopened.live(changed), {})).toEqual(['gone', 'a']);
      const next = await reopened.rebuild(changed);
      expect(await next.count()).toBe(0);
      expect(await next.checkpoint()).toBe(START);
    });

    it('is needed for a swap', async () => {
      await expect(store.model().swap('tasks')).rejects.toThrow();
      await store.model().rebuild(changed);
      await store.model().swap('tasks');
      await expect(store.model().swap('tasks')).rejects.toThrow();
    });

    it('is of no use once another was begun', async () => {
      const first = await store.model().rebuild(changed);
      const second = await store.model().rebuild(changed);
      await expect(first.commit([stored('late', 9)], 9)).rejects.toThrow();
      await second.commit([stored('b', 7)], 7);
      await store.model().swap('tasks');
      expect(await found(live, {})).toEqual(['b']);
      await expect(first.commit([stored('later', 10)], 10)).rejects.toThrow();
      expect(await found(live, {})).toEqual(['b']);
      expect(await live.checkpoint()).toBe(7);
    });

    it('goes on being read and written as before by who began it, after the swap', async () => {
      const next = await store.model().rebuild(changed);
      await next.commit([stored('b', 7)], 7);
      await store.model().swap('tasks');
      await next.commit([stored('c', 8)], 8);
      expect(await found(next, {})).toEqual(['c', 'b']);
      expect(await found(live, {})).toEqual(['c', 'b']);
      expect(await live.checkpoint()).toBe(8);
    });

    it('is swapped in at once: who reads meanwhile finds the old documents or the new ones', async () => {
      const next = await store.model().rebuild(changed);
      await next.commit([stored('a', 5), stored('b', 7), stored('c', 8)], 8);
      const swapping = store.model().swap('tasks');
      const answers = await Promise.all(Array.from({ length: 20 }, () => found(live, {})));
      await swapping;
      for (const answer of answers)
        expect([
          ['gone', 'a'],
          ['c', 'b', 'a'],
        ]).toContainEqual(answer);
      expect(await found(live, {})).toEqual(['c', 'b', 'a']);
    });

    it('may follow another', async () => {
      for (const round of [10, 20]) {
        await (await store.model().rebuild(changed)).commit([stored(`round-${round}`, round)], round);
        await store.model().swap('tasks');
        expect(await found(live, {})).toEqual([`round-${round}`]);
      }
    });
  });

  describe('documents of another version of their projection', () => {
    const changed = tasks({
      version: 2,
      fields: [...tasks().fields, { field: 'team', type: 'text' }],
      indexes: [['team', 'dueAt']],
    });
    const inTeam = { where: [{ field: 'team', eq: 'red' }] };
    beforeEach(async () => {
      const first = await store.model().live(tasks());
      await first.commit([stored('a', 1, { owner: 'ann' })], 1);
    });

    it('are stale, and served until they are rebuilt', async () => {
      const held = await (await store.reopen()).live(changed);
      expect(held.stale).toBe(true);
      expect(await found(held, { where: [{ field: 'owner', eq: 'ann' }] })).toEqual(['a']);
      expect(await found(held, inTeam)).toEqual([]);
      expect(await held.checkpoint()).toBe(1);
    });

    it('stay stale however often they are opened', async () => {
      await (await store.reopen()).live(changed);
      expect((await (await store.reopen()).live(changed)).stale).toBe(true);
      expect((await (await store.reopen()).live(tasks())).stale).toBe(false);
    });

    it('can be written and found by a field they did not know', async () => {
      const held = await (await store.reopen()).live(changed);
      await held.commit([{ ...stored('b', 2), document: { owner: 'bob', team: 'red' } as object }], 2);
      expect(await found(held, inTeam)).toEqual(['b']);
    });

    it('that were stored without a field of theirs are found by it, or stale', async () => {
      const declared = tasks({ fields: [...tasks().fields, { field: 'team', type: 'text' }] });
      const without = await store.model().live(tasks());
      await without.commit([{ ...stored('b', 2), document: { team: 'red' } as object }], 2);
      const held = await (await store.reopen()).live(declared);
      expect(held.stale || (await found(held, inTeam)).includes('b')).toBe(true);
      expect((await store.model().live(tasks())).stale).toBe(false);
    });

    it('are of the new version after the swap, and found by its fields', async () => {
      const model = await store.reopen();
      const held = await model.live(changed);
      const next = await model.rebuild(changed);
      await next.commit([{ ...stored('a', 1), document: { owner: 'ann', team: 'red' } as object }], 1);
      await model.swap('tasks');
      expect(await found(held, inTeam)).toEqual(['a']);
      expect((await model.live(changed)).stale).toBe(false);
      expect((await model.live(tasks())).stale).toBe(true);
    });
  });
}
