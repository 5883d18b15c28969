import { beforeEach, describe, expect, it } from '@jest/globals';
import { symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { found, stored, tasks, type Tasks } from '../testing/fixtures.ts';
import type { SqliteReadModel } from './sqlite-read-model.ts';
import { SqliteFile } from './testing/sqlite-file.ts';
import { startWriterThread, ThreadedWriter } from './threaded-writer.ts';
import type { Commit } from './writer.ts';

const store = new SqliteFile();
let model: SqliteReadModel;
let all: Tasks;
beforeEach(async () => {
  model = store.open({ writer: 'thread' });
  all = await model.live(tasks());
});
const many = (from: number, count: number) =>
  Array.from({ length: count }, (_, n) => stored(`t${from + n}`, from + n, { owner: 'ann' }));

/** A document of this id makes SQLite give up the transaction, as a full disk does. */
const refuse = (id: string) =>
  store.run(
    `CREATE TRIGGER refuse BEFORE INSERT ON tasks_g1 WHEN new.id = '${id}' BEGIN SELECT RAISE(ROLLBACK, 'disk is full'); END`,
  );

describe('commits that wait for each other', () => {
  it('take effect in the order of the calls, and are seen when they resolve', async () => {
    const commits = Array.from({ length: 50 }, async (_, n) => {
      await all.commit([stored('a', n, { title: `${n}` }), stored(`b${n}`, n)], n);
      expect((await all.get('a'))?.position).toBeGreaterThanOrEqual(n);
      expect(await all.checkpoint()).toBeGreaterThanOrEqual(n);
      expect(await all.get(`b${n}`)).toEqual(stored(`b${n}`, n));
    });
    await Promise.all(commits);
    expect(await all.get('a')).toEqual(stored('a', 49, { title: '49' }));
    expect(await all.count()).toBe(51);
  });

  it('do not fail with one that fails', async () => {
    refuse('poison');
    const results = await Promise.allSettled([
      all.commit(many(0, 10), 10),
      all.commit([stored('beside it', 11), stored('poison', 12)], 12),
      all.commit(many(20, 10), 30),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(results[1]).toMatchObject({ reason: { message: 'disk is full', code: 'ERR_SQLITE_ERROR' } });
    expect(await all.count()).toBe(20);
    expect(await all.get('beside it')).toBeUndefined();
    expect(await all.checkpoint()).toBe(30);
  });

  it('go to the set that is served in their turn', async () => {
    const next = await model.rebuild(tasks({ version: 2 }));
    const swapped = [
      all.commit([stored('before', 1)], 1),
      next.commit([stored('rebuilt', 1)], 1),
      model.swap('tasks'),
      all.commit([stored('after', 2)], 2).then(() => found(all, {})),
    ];
    expect((await Promise.all(swapped)).at(-1)).toEqual(['after', 'rebuilt']);
    expect(await all.checkpoint()).toBe(2);
  });

  it('are done before the read model is closed, and refused after', async () => {
    const waiting = [all.commit(many(0, 500), 1), all.commit(many(500, 500), 2)];
    await Promise.all([model.close(), ...waiting]);
    await expect(all.commit([stored('late', 9)], 9)).rejects.toThrow('closed');
    await model.close();
    expect(await (await store.open().live(tasks())).count()).toBe(1_000);
  });
});

describe('a commit that fails', () => {
  it('stores nothing, keeps the checkpoint, and lets the next one through', async () => {
    refuse('poison');
    await all.commit([stored('a', 1)], 1);
    await expect(all.commit([stored('b', 2), stored('poison', 2)], 2)).rejects.toThrow('disk is full');
    expect(await all.count()).toBe(1);
    expect(await all.checkpoint()).toBe(1);
    await all.commit([stored('b', 2)], 2);
    expect(await all.count()).toBe(2);
  });
});

describe('a writer thread', () => {
  const commit = (id: string, position: number): Commit => ({
    kind: 'commit',
    name: 'tasks',
    set: 'live',
    columns: ['f_title'],
    rows: [id, position, 'Paint', JSON.stringify({ title: 'Paint' })],
    checkpoint: position,
  });
  const writerOf = (start: () => Worker) => store.closing(new ThreadedWriter(start));

  it('that ends fails all who wait, and the next commit starts another', async () => {
    let started = 0;
    const writer = writerOf(() => {
      started += 1;
      if (started > 1) return startWriterThread(store.path);
      const dying = "require('node:worker_threads').parentPort.once('message', () => process.exit(1))";
      return new Worker(dying, { eval: true });
    });
    const waiting = await Promise.allSettled([writer.commit(commit('a', 1)), writer.commit(commit('b', 2))]);
    const reason = { message: expect.stringContaining('has ended') };
    expect(waiting).toMatchObject([{ reason }, { reason }]);
    await writer.commit(commit('c', 3));
    expect(started).toBe(2);
    expect(await found(all, {})).toEqual(['c']);
  });

  it('that cannot open its file says why, and the next commit tries again', async () => {
    const folder = `${store.path}-later`;
    const writer = writerOf(() => startWriterThread(join(folder, basename(store.path))));
    const reason = { message: expect.stringContaining('has ended'), cause: { code: 'ERR_SQLITE_ERROR' } };
    await expect(writer.commit(commit('a', 1))).rejects.toMatchObject(reason);
    symlinkSync(dirname(store.path), folder);
    await writer.commit(commit('a', 1));
    expect(await found(all, {})).toEqual(['a']);
  });

  it('is not needed to close', async () => {
    await writerOf(() => startWriterThread(store.path)).close();
    const unused = store.open({ writer: 'thread' });
    await unused.close();
  });
});
