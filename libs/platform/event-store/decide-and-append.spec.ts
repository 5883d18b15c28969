import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { command, conflict, type CommandMetadata, type Decider, type DomainEvent } from '../kernel/index.ts';
import { currentContext, randomIds, runInContext } from '../runtime/index.ts';
import { decideAndAppend } from './decide-and-append.ts';
import { SqliteEventStore } from './embedded/sqlite-event-store.ts';

type Drawn = DomainEvent<'Drawn', { amount: number; left: number }>;
class Draw extends command('Draw', z.object({ amount: z.number() })) {}

/** Holds 100, and never less than nothing. */
const account: Decider<number, Draw, Drawn> = {
  category: 'account',
  initialState: () => 100,
  evolve: (_, event) => event.data.left,
  decide: ({ data: { amount } }, left) => {
    if (amount > left) throw conflict(`Only ${left} is left.`);
    return amount === 0 ? [] : [{ type: 'Drawn', data: { amount, left: left - amount } }];
  },
};

let folder: string;
let store: SqliteEventStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SqliteEventStore(join(folder, 'events.db'));
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const metadata = { at: 1_000, actor: 'client:tester', traceId: 'trace' };
/** Others who append between the reading and the appending: an id is asked for just then. */
let meanwhile: (() => void)[] = [];
beforeEach(() => void (meanwhile = []));
const ids = {
  ...randomIds,
  uuid: () => {
    meanwhile.shift()?.();
    return randomIds.uuid();
  },
};

const draw = (amount: number, changes: Partial<CommandMetadata> = {}) =>
  decideAndAppend(store, ids, account, 'account-1', new Draw({ amount }, { ...metadata, ...changes }));
const drawnByAnother = (left: number) => () =>
  void store.append({
    stream: 'account-1',
    expected: 'any',
    events: [{ id: randomUUID(), type: 'Drawn', data: { amount: 1, left } }],
    metadata,
  });
const left = async () => (await store.readStream('account-1')).map(({ data }) => (data as { left: number }).left);

describe('a command', () => {
  it('appends what is decided on the state of the stream, and answers with it', async () => {
    expect(await draw(10)).toMatchObject({ state: 90, revision: 0, events: [{ position: 1, metadata }] });
    expect(await draw(20)).toMatchObject({ state: 70, revision: 1, events: [{ revision: 1, type: 'Drawn' }] });
    expect(await left()).toEqual([90, 70]);
  });

  it('that has nothing to do appends nothing', async () => {
    expect(await draw(0)).toEqual({ state: 100, events: [], revision: -1 });
    await draw(10);
    expect(await draw(0)).toEqual({ state: 90, events: [], revision: 0 });
    expect(await left()).toEqual([90]);
  });

  it('that is refused appends nothing', async () => {
    await expect(draw(101)).rejects.toMatchObject({ kind: 'conflict', message: 'Only 100 is left.' });
    expect(await left()).toEqual([]);
  });

  it('is decided again on the newer state when another was faster', async () => {
    meanwhile = [drawnByAnother(60), drawnByAnother(40)];
    expect(await draw(10)).toMatchObject({ state: 30, revision: 2 });
    expect(await left()).toEqual([60, 40, 30]);
  });

  it('is refused by the newer state too', async () => {
    meanwhile = [drawnByAnother(5)];
    await expect(draw(10)).rejects.toMatchObject({ kind: 'conflict', message: 'Only 5 is left.' });
    expect(await left()).toEqual([5]);
  });

  it('gives up on a stream that keeps moving', async () => {
    meanwhile = Array.from({ length: 50 }, () => drawnByAnother(50));
    await expect(draw(10)).rejects.toMatchObject({ kind: 'conflict' });
    expect(await left()).not.toContain(40);
  });

  it('never spends twice, however many are given at once', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => draw(30)));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(3);
    expect(await left()).toEqual([70, 40, 10]);
  });
});

describe('a command that insists on a revision', () => {
  it('is done on that revision', async () => {
    await draw(10);
    expect(await draw(10, { expectedRevision: 0 })).toMatchObject({ revision: 1 });
  });

  it.each([-1, 1, 7])('is refused when the stream is not at %i', async (expectedRevision) => {
    await draw(10);
    await expect(draw(10, { expectedRevision })).rejects.toMatchObject({ kind: 'precondition-failed' });
    await expect(draw(0, { expectedRevision })).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await left()).toEqual([90]);
  });

  it('is refused when the stream moves meanwhile', async () => {
    await draw(10);
    meanwhile = [drawnByAnother(80)];
    await expect(draw(10, { expectedRevision: 0 })).rejects.toMatchObject({ kind: 'precondition-failed' });
    expect(await left()).toEqual([90, 80]);
  });

  it('hears the refusal of the rules first', async () => {
    await draw(10);
    await expect(draw(101, { expectedRevision: 7 })).rejects.toMatchObject({ kind: 'conflict' });
  });
});

describe('a command with an idempotency key', () => {
  it('that is repeated appends nothing new, whatever happened since', async () => {
    const once = await draw(10, { idempotencyKey: 'key' });
    await draw(5);
    expect(await draw(10, { idempotencyKey: 'key' })).toEqual({ state: 85, events: [], revision: 1 });
    expect(once.events).toHaveLength(1);
    expect(await left()).toEqual([90, 85]);
  });

  it('that is given twice at once appends once', async () => {
    await Promise.all([draw(10, { idempotencyKey: 'key' }), draw(10, { idempotencyKey: 'key' })]);
    expect(await left()).toEqual([90]);
  });

  it('is another command under another key', async () => {
    await draw(10, { idempotencyKey: 'one' });
    await draw(10, { idempotencyKey: 'other' });
    expect(await left()).toEqual([90, 80]);
  });
});

describe('the context of a request', () => {
  it('learns, by category, how far its answer has to wait', async () => {
    const appended = await runInContext('trace', async () => {
      await draw(10);
      await draw(10);
      await draw(0);
      return [...(currentContext()?.appended ?? [])];
    });
    expect(appended).toEqual([['account', 2]]);
  });

  it('learns nothing of a command that appended nothing', async () => {
    const appended = await runInContext('trace', async () => {
      await draw(0);
      await draw(101).catch(() => undefined);
      return currentContext()?.appended.size;
    });
    expect(appended).toBe(0);
  });
});
