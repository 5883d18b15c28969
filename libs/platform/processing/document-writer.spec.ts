import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Batch } from '../event-store/index.ts';
import { START, type DomainEvent, type Position, type Projection } from '../kernel/index.ts';
import type { Collection } from '../read-model/index.ts';
import { DocumentWriter } from './document-writer.ts';
import { IDLE_CHECKPOINT_EVERY } from './follower.ts';
import { Progress } from './progress.ts';
import { altered, beforeCommits } from './testing/collections.ts';
import { counted, counters, placed, tree, type Counted, type Counter } from './testing/counters.ts';
import { gate, logger, Stores } from './testing/stores.ts';

let stores: Stores;
beforeEach(async () => void (stores = await Stores.open()));
let release: () => void = () => undefined;
afterEach(async () => {
  release();
  await stores.dispose();
});

type Told = readonly ['folded' | 'stored', Position, ...string[]];

/** A writer, what it tells, and `take` for events that are appended as one batch. */
function writing<D extends object, E extends DomainEvent>(projection: Projection<D, E>, documents: Collection<D>) {
  const told: Told[] = [];
  const progress: Progress = new Progress(START, () => writer.hurry());
  const writer = new DocumentWriter(
    projection,
    documents,
    progress,
    logger,
    {
      folded: (changed, position) => told.push(['folded', position, ...changed.map(({ id }) => id)]),
      stored: (position) => told.push(['stored', position]),
    },
    { store: stores.events, shared: false, idleEvery: IDLE_CHECKPOINT_EVERY },
  );
  stores.running(writer);
  const batchOf = async (...events: DomainEvent[]): Promise<Batch> => {
    const recorded = await stores.append(`${projection.categories[0]}-1`, ...events);
    return { events: recorded, position: recorded.at(-1)?.position ?? START };
  };
  const take = async (...events: DomainEvent[]) => writer.take(await batchOf(...events));
  return { writer, progress, told, batchOf, take };
}

const live = () => stores.readModel.live(counters().projection);
const countOf = async (id: string) => (await (await live()).get(id))?.document.count;
/** Commits that wait for `leave`, after the first began. */
function held() {
  const [entered, leave] = [gate(), gate()];
  release = leave.open;
  const before = () => {
    entered.open();
    return leave.opened;
  };
  return { before, entered: entered.opened, leave: leave.open };
}
const names = (count: number) => Array.from({ length: count }, (_, n) => `n${n}`);
/** One event that counts all of them. */
const wide = (...of: string[]): Counted => counted(of.join());
const everyName: Projection<Counter, Counted> = {
  ...counters().projection,
  keys: (event) => event.data.counter.split(','),
  fold: (document, _, counter) => ({ counter, count: (document?.count ?? 0) + 1, even: false }),
};

describe('listeners', () => {
  it('are told what is folded before it is stored, and when it can be read', async () => {
    const { progress, told, take, writer } = writing(counters().projection, await live());
    await take(counted('a'), counted('b'), counted('a'));
    expect(await countOf('a')).toBeUndefined();
    await progress.reached(3);
    expect(await countOf('a')).toBe(2);
    await writer.take({ events: [], position: 9 });
    await progress.reached(9);
    expect(told).toEqual([
      ['folded', 3, 'a', 'b'],
      ['stored', 3],
      ['folded', 9],
      ['stored', 9],
    ]);
  });

  it.each([counters().projection, tree])('that throw are told again', async (projection) => {
    const documents = (await stores.readModel.live(projection as never)) as Collection<object>;
    const told: string[] = [];
    let failures = 1;
    const folded = (changed: readonly { id: string }[]) => {
      if (failures-- > 0) throw new Error('broken');
      told.push(...changed.map(({ id }) => id));
    };
    const progress: Progress = new Progress(START, () => writer.hurry());
    const listeners = { folded, stored: () => undefined };
    const writer = new DocumentWriter(projection as Projection, documents, progress, logger, listeners, {
      store: stores.events,
      shared: false,
      idleEvery: IDLE_CHECKPOINT_EVERY,
    });
    stores.running(writer);
    const events = await stores.append('counter-1', projection === tree ? placed('a', 'root') : counted('a'));
    await expect(writer.take({ events, position: 1 })).rejects.toThrow('broken');
    await writer.take({ events, position: 1 });
    await progress.reached(1);
    expect(told).toEqual(['a']);
    expect(await documents.get('a')).toMatchObject({ position: 1 });
  });
});

describe('a document', () => {
  it('that changes while it is being stored is not read again', async () => {
    const { before, entered, leave } = held();
    const documents = await live();
    const asked: string[] = [];
    const watched = altered(beforeCommits(documents, before), {
      getMany: (ids) => {
        asked.push(...ids);
        return documents.getMany(ids);
      },
    });
    const { progress, take } = writing(counters().projection, watched);
    await take(counted());
    void progress.reached(2);
    await entered;
    await take(counted(), counted());
    leave();
    await progress.reached(3);
    await take(counted());
    await progress.reached(4);
    expect(asked).toEqual(['a']);
    expect(await countOf('a')).toBe(4);
  });

  it('whose commit fails is folded further as it was to be stored', async () => {
    let failures = 2;
    const failing = beforeCommits(await live(), async () => {
      if (failures-- > 0) throw new Error('broken');
    });
    const { writer, progress, take } = writing(counters().projection, failing);
    await take(counted());
    void progress.reached(2);
    while (!writer.failure) await turn();
    await take(counted());
    await progress.reached(2);
    expect(await countOf('a')).toBe(2);
  });

  it('is folded further whether it is being stored, was stored lately or long ago', async () => {
    const { before, entered, leave } = held();
    const { progress, take } = writing(everyName, beforeCommits(await live(), before));
    const all = names(6_000);
    await take(wide(...all));
    await entered;
    await take(wide(...all.slice(0, 3_000)));
    leave();
    await progress.reached(2);
    await take(wide(...all));
    await progress.reached(3);
    const counts = await Promise.all(['n0', 'n2999', 'n3000', 'n5999'].map(countOf));
    expect(counts).toEqual([3, 3, 2, 2]);
  });
});

describe('a batch that changes very many documents', () => {
  const pieces = (told: readonly Told[]) =>
    told.filter(([, , ...ids]) => ids.length > 0).map(([, position]) => position);
  it('is handed on in pieces of whole events, each with the position up to which it is folded', async () => {
    const { progress, told, take } = writing(everyName, await live());
    await take(...names(5).map((each) => wide(...names(400).map((n) => `${each}${n}`))));
    const folded = told.filter(([what]) => what === 'folded');
    expect(folded.map(([, position, ...ids]) => [position, ids.length])).toEqual([
      [3, 1_200],
      [5, 800],
    ]);
    await progress.reached(5);
    expect(await (await live()).count()).toBe(2_000);
  });

  it('waits for room, so that not all of history is held in memory', async () => {
    const { before, entered, leave } = held();
    const { told, take } = writing(everyName, beforeCommits(await live(), before));
    await take(wide(...names(5_000)));
    await entered;
    const events = ['a', 'b', 'c'].map((each) => wide(...names(3_000).map((n) => `${each}${n}`)));
    const taking = take(...events).then(() => told.length);
    for (let i = 0; i < 50; i++) await turn();
    expect(pieces(told)).toEqual([1, 2, 3]);
    leave();
    await taking;
    expect(await countOf('n4999')).toBe(1);
  });

  it('and fails half way is repeated without folding anything twice', async () => {
    let failures = 1;
    const { projection } = counters({
      fold: (document, event) => {
        if (event.position === 1_500 && failures-- > 0) throw new Error('broken');
        return { counter: event.data.counter, count: (document?.count ?? 0) + 1, even: false };
      },
    });
    const { writer, progress, told, batchOf } = writing(projection, await live());
    const batch = await batchOf(...names(2_500).map((_, n) => counted(`c${n % 10}`)));
    await expect(writer.take(batch)).rejects.toThrow('broken');
    await writer.take({ events: batch.events.slice(0, 10), position: 10 });
    await writer.take({ events: batch.events.slice(10), position: batch.position });
    await progress.reached(2_500);
    expect(await Promise.all(names(10).map((_, n) => countOf(`c${n}`)))).toEqual(Array(10).fill(250));
    expect(pieces(told)).toEqual([1_000, 1_010, 2_010, 2_500]);
  });
});

it('the memory of a relational fold has what is stored while it is loaded', async () => {
  const { before, entered, leave } = held();
  const stored = await stores.readModel.live(tree);
  await stored.commit([{ id: 'z', position: 0, document: { node: 'z', under: 'root' } }], START);
  let loads = 0;
  const slow = altered(beforeCommits(stored, before), {
    find: async (query) => {
      const page = await stored.find(query);
      if (++loads < 2) return page;
      leave();
      await progress.reached(1);
      return page;
    },
  });
  let failures = 1;
  const failing: typeof tree = {
    ...tree,
    fold: (document, event, key, documents) => {
      if (key === 'c' && failures-- > 0) throw new Error('broken');
      return tree.fold(document, event, key, documents);
    },
  };
  const { writer, progress, take, batchOf } = writing(failing, slow);
  await take(placed('a', 'b'));
  void progress.reached(3);
  await entered;
  const batch = await batchOf(placed('c', 'a'), placed('b', 'c'));
  await expect(writer.take(batch)).rejects.toThrow('broken');
  await writer.take(batch);
  await progress.reached(3);
  expect(loads).toBe(2);
  // b is above a, and a is above c: b stays where it is.
  expect(await stored.get('b')).toBeUndefined();
});
