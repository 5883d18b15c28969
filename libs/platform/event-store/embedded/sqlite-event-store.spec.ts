import { renameSync } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { append, event, take } from '../testing/fixtures.ts';
import type { SqliteEventStore } from './sqlite-event-store.ts';
import { SqliteFile } from './testing/sqlite-file.ts';

const file = new SqliteFile();
const names = (count: number) => Array.from({ length: count }, (_, n) => `order-${n}`);

describe.each(['inline', 'thread'] as const)('the SQLite event store (writer: %s)', (writer) => {
  let store: SqliteEventStore;
  beforeEach(() => void (store = file.open({ writer })));
  const place = (stream: string, data: object = {}) => append(store, stream, 'no-stream', event('Placed', data));

  it('writes appends that arrive together in one commit', async () => {
    await Promise.all(names(500).map((stream) => place(stream)));
    expect(store.commits).toBe(1);
  });

  it('writes much that arrives together in several commits', async () => {
    await Promise.all(names(10).map((stream) => place(stream, { text: 'x'.repeat(1024 * 1024) })));
    expect(store.commits).toBe(4);
    await Promise.all(Array.from({ length: 1_500 }, (_, n) => place(`small-${n}`)));
    expect(store.commits).toBe(6);
  });

  it('gives positions without a gap, in the order of the calls, whenever they come', async () => {
    const positions: Promise<number>[] = [];
    for (let n = 0; n < 500; n++) {
      positions.push(place(`order-${n}`).then(([recorded]) => recorded?.position ?? START));
      if (n % 7 === 0) await nextTurn();
    }
    expect(await Promise.all(positions)).toEqual(Array.from({ length: 500 }, (_, n) => n + 1));
  });

  it('answers in the order of the calls, whatever the answers are', async () => {
    const placed = event('Placed');
    await append(store, 'order-0', 'no-stream', placed);
    const answered: number[] = [];
    const calls = [place('order-1'), append(store, 'order-0', 'no-stream', placed), place('order-0'), place('order-2')];
    calls.forEach((call, n) => {
      const note = () => void answered.push(n);
      call.then(note, note);
    });
    await Promise.allSettled(calls);
    expect(answered).toEqual([0, 1, 2, 3]);
  });

  it('reads on from the file once its memory of the newest events has moved past', async () => {
    const count = 20_000;
    await Promise.all(names(count).map((stream, n) => place(stream, { n })));
    const seen = await take(store.follow({ after: START, batch: 1_000 }), count);
    expect(seen).toEqual(Array.from({ length: count }, (_, n) => n));
  });

  it('refuses what cannot be written as JSON at once, and keeps nothing of it', async () => {
    await place('order-1');
    const circular: { self?: object } = {};
    circular.self = circular;
    expect(() => place('order-2', circular)).toThrow(TypeError);
    await place('order-3');
    expect(await store.readStream('order-2')).toEqual([]);
  });

  describe('whose disk is full', () => {
    it('refuses, loses nothing, and takes on once there is room', async () => {
      const [first] = await place('order-a');
      file.refuse('order-7');
      const outcomes = await Promise.allSettled([
        append(store, 'order-a', 0, event('Paid')),
        ...names(20).map((stream) => place(stream)),
      ]);
      const reason = { name: 'StoreUnavailable', cause: { message: expect.stringMatching(/full/) } };
      expect(outcomes).toMatchObject(Array.from({ length: 21 }, () => ({ reason })));
      expect(await store.readAll({ after: START, limit: 10 })).toEqual({ events: [first], position: first?.position });
      expect(store.waiting).toBe(0);
      file.relent();
      const [second] = await append(store, 'order-a', 0, event('Paid'));
      expect(second).toMatchObject({ revision: 1, position: (first?.position ?? 0) + 1 });
      expect((await store.follow({ after: START }).next())?.events).toEqual([first, second]);
    });

    it('stores nothing that was called after what it refuses and before anyone knew', async () => {
      file.refuse('order-0');
      const outcomes = await Promise.allSettled(names(2_500).map((stream) => place(stream)));
      expect(new Set(outcomes.map(({ status }) => status))).toEqual(new Set(['rejected']));
      expect(await store.head()).toBe(START);
      expect(await place('order-1')).toMatchObject([{ position: 1 }]);
    });
  });

  it('does not begin a file anew that has gone', async () => {
    renameSync(file.path, `${file.path}.gone`);
    const reason = { name: 'StoreUnavailable', cause: { message: expect.stringMatching(/unable to open/) } };
    await expect(place('order-1')).rejects.toMatchObject(reason);
    renameSync(`${file.path}.gone`, file.path);
    expect(await place('order-1')).toMatchObject([{ position: 1 }]);
  });
});
