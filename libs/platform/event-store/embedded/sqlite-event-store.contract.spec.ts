import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { describeEventStore } from '../contract.ts';
import { StoreUnavailable } from '../port.ts';
import { DataFolderInUse, lockDataFolder } from './data-folder-lock.ts';
import { SqliteEventStore } from './sqlite-event-store.ts';

describeEventStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  let store: SqliteEventStore | undefined;
  const open = async () => {
    await store?.close();
    return (store = new SqliteEventStore(join(folder, 'events.db')));
  };
  return {
    make: open,
    reopen: open,
    dispose: async () => {
      await store?.close();
      await rm(folder, { recursive: true });
    },
  };
});

describe('the SQLite event store', () => {
  let folder: string;
  let store: SqliteEventStore;
  const append = (stream: string, data: object = {}) =>
    store.append({
      stream,
      expected: 'no-stream',
      events: [{ id: randomUUID(), type: 'E', data }],
      metadata: { at: 0, actor: 'client:tester', traceId: 'trace' },
    });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    store = new SqliteEventStore(join(folder, 'events.db'));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('writes appends that arrive together in one commit', async () => {
    await Promise.all(Array.from({ length: 500 }, (_, n) => append(`order-${n}`)));
    expect(store.commits).toBe(1);
  });

  it('reads on from the file once its memory of the newest events has moved past', async () => {
    const count = 20_000;
    await Promise.all(Array.from({ length: count }, (_, n) => append(`order-${n}`, { n })));
    const feed = store.follow({ after: -1, batch: 1_000 });
    const seen: number[] = [];
    while (seen.length < count)
      seen.push(...((await feed.next())?.events ?? []).map((e) => (e.data as { n: number }).n));
    expect(seen).toEqual(Array.from({ length: count }, (_, n) => n));
  });

  it('refuses what cannot be written, keeps nothing of it, and writes again when it can', async () => {
    await append('order-1');
    const circular: { self?: object } = {};
    circular.self = circular;
    expect(() => append('order-2', circular)).toThrow(TypeError);
    await append('order-3');
    expect(await store.readStream('order-2')).toEqual([]);
  });

  it('answers an append to a closed store with an error', async () => {
    await store.close();
    await expect(append('order-1')).rejects.toThrow(StoreUnavailable);
  });
});

describe('a data folder', () => {
  it('belongs to one process at a time', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
    lock.release();
    lockDataFolder(folder).release();
    await rm(folder, { recursive: true });
  });
});
