import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { EventStore } from '../event-store/index.ts';
import type { Position, Projection } from '../kernel/index.ts';
import { record } from '../kernel/testing/recorded.ts';
import type { Collection } from '../read-model/index.ts';
import { DocumentWriter } from './document-writer.ts';
import { Progress } from './progress.ts';
import { altered } from './testing/collections.ts';
import { counted, counters, type Counted, type Counter } from './testing/counters.ts';
import { gate, logger } from './testing/stores.ts';
import { pausesOf, WriteBehind } from './write-behind.ts';

type Doc = { readonly id: string };

let commits: { readonly ids: readonly string[]; readonly position: Position }[];
let progress: Progress;
let behind: WriteBehind<Doc>;
let begin: () => unknown;

const writing = (pauses = pausesOf({ storedWithin: 'second' }, false)) => {
  commits = [];
  begin = () => undefined;
  progress = new Progress(-1, () => behind.hurry());
  behind = new WriteBehind(
    'test',
    progress,
    logger,
    async (documents, position) => {
      await begin();
      commits.push({ ids: documents.map(({ id }) => id), position });
      return true;
    },
    pauses,
  );
};
beforeEach(() => {
  jest.useFakeTimers();
  writing();
});
afterEach(async () => {
  await behind.stop();
  jest.useRealTimers();
});

const add = (position: Position, ...ids: string[]) =>
  behind.add(
    ids.map((id) => ({ id, position, document: { id } })),
    position,
  );
const pass = (ms: number) => jest.advanceTimersByTimeAsync(ms);
/** A commit that is under way until `leave`. */
async function committing(): Promise<{ readonly leave: () => void }> {
  const { opened, open } = gate();
  begin = () => opened;
  add(1, 'a');
  await pass(100);
  return { leave: open };
}
/** One each 10 ms; how many positions each commit was behind the one before it. */
async function steadily(count: number): Promise<number[]> {
  for (let position = 1; position <= count; position++) {
    add(position, 'a');
    await pass(10);
  }
  return commits.map(({ position }, n) => position - (commits[n - 1]?.position ?? 0));
}

describe('what is to be stored within a second', () => {
  it('is stored once a second while there is more', async () => {
    expect(await steadily(350)).toEqual([100, 100, 100]);
  });

  it('is stored when there has been no more for a tenth of a second', async () => {
    add(1, 'a');
    await pass(50);
    add(2, 'b');
    await pass(149);
    expect(commits).toEqual([]);
    await pass(1);
    expect(commits).toEqual([{ ids: ['a', 'b'], position: 2 }]);
    expect(progress.position).toBe(2);
  });

  it('is stored at once for who begins to wait, in whichever pause', async () => {
    for (let position = 1; position < 30; position++) {
      add(position, 'a');
      await pass(37);
      add(position, 'b');
      const reached = progress.reached(position);
      await pass(0);
      expect(commits.at(-1)?.position).toBe(position);
      expect(await reached).toBe(true);
    }
  });

  it('is stored at once for who waits already', async () => {
    const reached = progress.reached(3);
    add(1, 'a');
    add(2, 'a');
    await pass(0);
    add(3, 'a');
    await pass(0);
    expect(await reached).toBe(true);
    expect(commits.map(({ position }) => position)).toEqual([2, 3]);
  });

  it('is stored at once when it is enough for a commit', async () => {
    add(1, ...Array.from({ length: 999 }, (_, n) => `n${n}`));
    await pass(99);
    add(2, 'one more');
    await pass(0);
    expect(commits.map(({ position }) => position)).toEqual([2]);
  });

  it('is stored at once when it has become enough during a commit', async () => {
    const { leave } = await committing();
    add(2, ...Array.from({ length: 1_000 }, (_, n) => `n${n}`));
    leave();
    await pass(0);
    expect(commits.map(({ position }) => position)).toEqual([1, 2]);
  });

  it('is stored at once by a stop during a commit', async () => {
    const { leave } = await committing();
    add(2, 'a');
    const stopped = behind.stop();
    leave();
    await stopped;
    expect(commits.map(({ position }) => position)).toEqual([1, 2]);
  });

  it('is stored at once by a stop', async () => {
    add(1, 'a');
    await pass(1);
    await behind.stop();
    expect(commits.map(({ position }) => position)).toEqual([1]);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('may be changed further until then, and is seen as it is', async () => {
    add(1, 'a');
    await pass(90);
    add(2, 'a');
    await pass(90);
    expect(behind.get('a')).toMatchObject({ position: 2 });
  });
});

describe('documents', () => {
  /** When they are stored, in ms after they were folded. */
  async function storedAfter(changes: Partial<Projection<Counter, Counted>>, shared: boolean): Promise<number> {
    const { projection } = counters(changes);
    let storedAt: number | undefined;
    const documents = altered<Counter>({} as Collection<Counter>, {
      getMany: async () => [],
      commit: async () => void (storedAt ??= Date.now()),
    });
    const told = { folded: () => undefined, stored: () => undefined };
    const options = { store: {} as EventStore, shared, idleEvery: 5_000 };
    const writer = new DocumentWriter(projection, documents, new Progress(-1), logger, told, options);
    const events = record([counted()], () => 'counter-1');
    await writer.take({ events, position: 0 });
    const foldedAt = Date.now();
    await pass(1_000);
    await writer.stop();
    return (storedAt ?? Infinity) - foldedAt;
  }

  it.each([
    ['of a projection that says so are stored within a second', { storedWithin: 'second' as const }, false, 100],
    ['of others are stored within a moment', {}, false, 10],
    ['that other processes wait for are stored within a moment', { storedWithin: 'second' as const }, true, 10],
  ])('%s', async (_, changes, shared, after) => expect(await storedAfter(changes, shared)).toBe(after));
});

describe('what is to be stored within a moment', () => {
  it('is, though there is more', async () => {
    writing(pausesOf({}, false));
    add(1, 'a');
    await pass(9);
    add(2, 'a');
    expect(commits).toEqual([]);
    await pass(1);
    expect(commits.map(({ position }) => position)).toEqual([2]);
  });
});
