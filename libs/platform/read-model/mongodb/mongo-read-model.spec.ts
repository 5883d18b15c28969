import { beforeEach, describe, expect, it } from '@jest/globals';
import { setImmediate as turn } from 'node:timers/promises';
import type { Collection } from 'mongodb';
import { START } from '../../kernel/index.ts';
import type { ReadModel } from '../port.ts';
import { found, stored, tasks, type Tasks } from '../testing/fixtures.ts';
import type { StoredDocument } from './query-filter.ts';
import { storeNewer } from './store-newer.ts';
import { describeOnMongo, MongoDatabase } from './testing/mongo-database.ts';

const changed = tasks({ version: 2 });

describeOnMongo('documents that processes share', ({ url }) => {
  const store = new MongoDatabase(url);
  /** By the clock of the other process, and how long that one stands still at its next look at the clock. */
  let time: number;
  let stillFor: number;
  let one: ReadModel;
  let other: ReadModel;
  let ours: Tasks;
  let theirs: Tasks;
  beforeEach(async () => {
    time = 0;
    stillFor = 0;
    one = store.open();
    other = store.open({
      now: () => {
        const now = time;
        time += stillFor;
        return now;
      },
    });
    ours = await one.live(tasks());
    theirs = await other.live(tasks());
    await ours.commit([stored('a', 5), stored('gone', 6)], 6);
  });

  async function swapIn(position: number, projection = tasks()): Promise<void> {
    const next = await one.rebuild(projection);
    await next.commit([stored('a', 5), stored('b', position)], position);
    await one.swap('tasks');
  }

  describe('a swap', () => {
    it('shows in another process within a second, until which that one reads what was served before', async () => {
      await swapIn(7);
      expect(await found(ours, {})).toEqual(['b', 'a']);
      time = 999;
      expect(await found(theirs, {})).toEqual(['gone', 'a']);
      time = 1_000;
      expect(await found(theirs, {})).toEqual(['b', 'a']);
    });

    it('shows in another process as soon as that one asks for the checkpoint, which is never an old one', async () => {
      await swapIn(7);
      expect(await theirs.checkpoint()).toBe(7);
      expect(await found(theirs, {})).toEqual(['b', 'a']);
    });

    it('loses nothing that another process commits before it has heard of it', async () => {
      await swapIn(7);
      await theirs.commit([stored('c', 8)], 8);
      expect(await found(ours, {})).toEqual(['c', 'b', 'a']);
      expect(await ours.checkpoint()).toBe(8);
    });

    it('is refused once another process has committed more than was rebuilt', async () => {
      const next = await one.rebuild(tasks());
      await next.commit([stored('a', 5)], 6);
      await theirs.commit([stored('c', 8)], 8);
      await expect(one.swap('tasks')).rejects.toThrow('come further');
      expect(await found(ours, {})).toEqual(['c', 'gone', 'a']);
      await next.commit([stored('c', 8)], 8);
      await one.swap('tasks');
      expect(await found(ours, {})).toEqual(['c', 'a']);
    });

    it('never serves what another process is rebuilding', async () => {
      const abandoned = await one.rebuild(tasks());
      const next = await other.rebuild(tasks());
      await expect(one.swap('tasks')).rejects.toThrow('given up');
      await expect(abandoned.commit([stored('late', 9)], 9)).rejects.toThrow('dropped');
      await next.commit([stored('theirs', 7)], 7);
      await other.swap('tasks');
      expect(await found(theirs, {})).toEqual(['theirs']);
      await expect(one.swap('tasks')).rejects.toThrow('given up');
    });

    it('that was made and not answered is made once', async () => {
      await one.rebuild(tasks());
      const entry = await store.entries.findOne({ _id: 'tasks' });
      await store.entries.updateOne({ _id: 'tasks' }, { $set: { live: entry?.next ?? 0 }, $unset: { next: '' } });
      await one.swap('tasks');
      expect(await found(ours, {})).toEqual([]);
    });

    it('to another version leaves its documents to those who know that version', async () => {
      await swapIn(7, changed);
      time = 1_000;
      expect(await found(theirs, {})).toEqual(['b', 'a']);
      expect(theirs.stale).toBe(true);
      await expect(theirs.commit([stored('b', 9, { owner: 'of old' })], 9)).rejects.toThrow('as version 2');
      expect(await ours.get('b')).toEqual(stored('b', 7));
      expect(await ours.checkpoint()).toBe(7);
      await (await other.live(changed)).commit([stored('b', 9)], 9);
      expect(await ours.get('b')).toEqual(stored('b', 9));
    });
  });

  describe('a set that was swapped away', () => {
    const longAgo = async () => {
      const entry = await store.entries.findOne({ _id: 'tasks' });
      const dates = Object.keys(entry?.retired ?? {}).map((set) => [`retired.${set}`, new Date(0)]);
      await store.entries.updateOne({ _id: 'tasks' }, { $set: Object.fromEntries(dates) });
    };

    it('stays for a minute, and is dropped after that when the documents are next opened', async () => {
      await swapIn(7);
      await other.live(tasks());
      expect(await store.sets('tasks')).toBe(2);
      await longAgo();
      await other.live(tasks());
      expect(await store.sets('tasks')).toBe(1);
      expect((await store.entries.findOne({ _id: 'tasks' }))?.retired).toEqual({});
      expect(await found(ours, {})).toEqual(['b', 'a']);
    });

    it('is not taken for an empty one by a process that stood still while it was dropped', async () => {
      await swapIn(7);
      await longAgo();
      await one.live(tasks());
      // The first reading of the clock is before the process stands still.
      stillFor = 600_000;
      expect(await theirs.get('a')).toEqual(stored('a', 5));
    });
  });

  describe('what a late writer left of a set that is gone', () => {
    it('is never served, and dropped when the documents are next opened', async () => {
      const abandoned = await one.rebuild(tasks());
      await one.rebuild(tasks());
      await expect(abandoned.commit([stored('late', 9)], 9)).rejects.toThrow('dropped');
      expect(await store.sets('tasks')).toBe(3);
      await other.live(tasks());
      expect(await store.sets('tasks')).toBe(2);
      expect(await found(theirs, {})).toEqual(['gone', 'a']);
    });
  });

  describe('a database that was dropped under those who use it', () => {
    beforeEach(async () => void (await store.connection.db.dropDatabase()));

    it('is not made again by a commit, which would claim what it does not hold', async () => {
      await expect(theirs.commit([stored('b', 9)], 9)).rejects.toThrow('no documents');
      await expect(theirs.checkpoint()).rejects.toThrow('no documents');
    });

    it('once made again is written by those only who have begun anew', async () => {
      const anew = await store.open().live(tasks());
      await expect(theirs.commit([stored('b', 9)], 9)).rejects.toThrow('start again');
      expect(await anew.checkpoint()).toBe(START);
      expect(await anew.count()).toBe(0);
      const begun = await other.live(tasks());
      await begun.commit([stored('b', 9)], 9);
      expect(await found(anew, {})).toEqual(['b']);
    });
  });

  describe('a commit', () => {
    it('that ended between documents and checkpoint is repeated without harm', async () => {
      const batch = [stored('a', 7, { title: 'newer' }), stored('b', 8), stored('c', 9)];
      const rows = batch.slice(0, 2).map(({ id, position, document }) => ({
        ...{ _id: id, position, fields: document as StoredDocument['fields'] },
        json: JSON.stringify(document),
      }));
      await storeNewer(await store.served('tasks'), rows);
      expect(await ours.checkpoint()).toBe(6);
      await theirs.commit(batch, 9);
      expect(await found(ours, {})).toEqual(['c', 'b', 'a', 'gone']);
      expect(await ours.getMany(['a', 'b', 'c'])).toEqual(expect.arrayContaining(batch));
      expect(await ours.checkpoint()).toBe(9);
    });

    it('that lost the race to insert a document replaces it if its own is newer', async () => {
      const served = await store.served('tasks');
      const row = (_id: string, position: number) => ({ _id, position, fields: {}, json: '{}' });
      await storeNewer(served, [row('b', 1), row('c', 9)]);
      await storeNewer(blindAtFirst(served), [row('b', 8), row('c', 8), row('d', 8)]);
      expect(await found(ours, { where: [{ field: 'position', gt: 6 }] })).toEqual(['c', 'd', 'b']);
    });

    it('that is under way when the read model is closed is done before that', async () => {
      const documents = Array.from({ length: 500 }, (_, at) => stored(`task-${at}`, 10 + at));
      const underWay = ours.commit(documents, 3_000).then(() => true);
      await one.close();
      expect(await Promise.race([underWay, turn(false)])).toBe(true);
      expect(await theirs.checkpoint()).toBe(3_000);
    });

    it('that holds what no server takes rejects, and does not move the checkpoint', async () => {
      const large = stored('large', 8, { details: 'x'.repeat(17 * 2 ** 20) });
      await expect(ours.commit([stored('b', 7), large], 8)).rejects.toThrow();
      expect(await ours.checkpoint()).toBe(6);
    });
  });
});

/** As if what is stored had been inserted by another, just after the first updates had looked for it. */
function blindAtFirst(documents: Collection<StoredDocument>): Collection<StoredDocument> {
  let calls = 0;
  const bulkWrite: Collection<StoredDocument>['bulkWrite'] = (operations, options) => {
    if (calls++ > 0) return documents.bulkWrite(operations, options);
    const blind = operations.map((operation) =>
      'replaceOne' in operation
        ? { replaceOne: { ...operation.replaceOne, filter: { ...operation.replaceOne.filter, position: { $lt: -1 } } } }
        : operation,
    );
    return documents.bulkWrite(blind, options);
  };
  return Object.assign(Object.create(documents) as Collection<StoredDocument>, { bulkWrite });
}
