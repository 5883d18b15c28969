import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { append, event, take } from '../testing/fixtures.ts';
import { SqliteFile } from './testing/sqlite-file.ts';
import { startWriterThread, ThreadedWriter } from './threaded-writer.ts';

const file = new SqliteFile();
const turns = async (count: number) => {
  for (let n = 0; n < count; n++) await nextTurn();
};

describe('a disk that is slow', () => {
  it('does not hold up the thread that appends', async () => {
    const store = file.open({ writer: 'thread' });
    const release = file.hold();
    const appended = append(store, 'order-1', 'no-stream', event());
    await turns(100);
    expect(store.waiting).toBe(1);
    expect(await store.readStream('order-1')).toEqual([]);
    release();
    expect(await appended).toEqual(await store.readStream('order-1'));
  });

  it('gathers for the next commit what is appended meanwhile', async () => {
    const store = file.open({ writer: 'thread' });
    const release = file.hold();
    const appends = [append(store, 'order-0', 'no-stream', event())];
    for (let n = 1; n <= 50; n++) {
      await nextTurn();
      appends.push(append(store, `order-${n}`, 'no-stream', event()));
    }
    release();
    await Promise.all(appends);
    expect(store.commits).toBe(2);
  });

  it('that turns out full fails also what was appended meanwhile', async () => {
    const store = file.open({ writer: 'thread' });
    const release = file.hold();
    const earlier = append(store, 'order-1', 'no-stream', event());
    await turns(10);
    const later = append(store, 'order-2', 'no-stream', event());
    release('order-1');
    const outcomes = await Promise.allSettled([earlier, later]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await append(store, 'order-2', 'no-stream', event());
    expect(await store.head()).toBe(1);
  });

  it('is waited for when the store is closed', async () => {
    const store = file.open({ writer: 'thread' });
    const release = file.hold();
    const appended = append(store, 'order-1', 'no-stream', event());
    await turns(10);
    const closed = store.close();
    const late = append(store, 'order-2', 'no-stream', event());
    release();
    await expect(late).rejects.toThrow('closed');
    const [recorded] = await appended;
    await closed;
    expect(await file.open().readStream('order-1')).toEqual([recorded]);
  });
});

describe('a writer thread that ends', () => {
  const dying = (before: string) =>
    new Worker(
      `const { parentPort, workerData } = require('node:worker_threads');
       parentPort.once('message', async (asked) => { ${before}; process.exit(1); });`,
      { eval: true, workerData: file.path },
    );
  /** A store whose first writer thread does this with what it is asked, and ends without an answer. */
  const open = (before: string) => {
    let started = 0;
    const start = () => (started++ === 0 ? dying(before) : startWriterThread(file.path));
    return file.open({ writer: new ThreadedWriter(start) });
  };
  const connection = new URL('./writing-connection.ts', import.meta.url).href;
  const commit = `new (await import('${connection}')).WritingConnection(workerData).commit(asked)`;
  const reason = {
    name: 'StoreUnavailable',
    message: expect.stringContaining('not known'),
    cause: { name: 'WriterEnded' },
  };

  it('fails all who wait, and the next append starts another', async () => {
    const store = open('');
    const appends = Array.from({ length: 1_500 }, (_, n) => append(store, `order-${n}`, 'no-stream', event()));
    expect(await Promise.allSettled(appends)).toMatchObject(Array.from({ length: 1_500 }, () => ({ reason })));
    expect(store.waiting).toBe(0);
    expect(await append(store, 'order-1', 'no-stream', event())).toMatchObject([{ position: 1 }]);
  });

  it('having committed leaves what is repeated with the same ids as it is', async () => {
    const store = open(commit);
    const placed = event('Placed', { n: 0 });
    await expect(append(store, 'order-1', 'no-stream', placed)).rejects.toMatchObject(reason);
    expect(await append(store, 'order-1', 'no-stream', placed)).toMatchObject([{ position: 1, id: placed.id }]);
    expect(await append(store, 'order-1', 0, event('Paid', { n: 1 }))).toMatchObject([{ position: 2 }]);
    expect(await take(store.follow({ after: START }), 2)).toEqual([0, 1]);
  });

  it('having committed is followed up to there at once', async () => {
    const store = open(commit);
    const feed = store.follow({ after: START });
    const batch = feed.next();
    await expect(append(store, 'order-1', 'no-stream', event())).rejects.toMatchObject(reason);
    expect((await batch)?.events).toEqual(await store.readStream('order-1'));
    expect(await store.head()).toBe(1);
  });
});

describe('a writer thread', () => {
  it('is not needed to close', async () => {
    const store = file.open({ writer: 'thread' });
    await store.close();
    await expect(append(store, 'order-1', 'no-stream', event())).rejects.toThrow('closed');
  });
});
