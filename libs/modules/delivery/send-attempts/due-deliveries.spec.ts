import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import type { Collection, ReadModel } from '../../../platform/read-model/index.ts';
import { deliveries, laneOf, type DeliveryDocument, type QueueKind } from '../delivery/deliveries.projection.ts';
import { delivery } from '../delivery/delivery.decider.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { findTests, readDue, readInOrder } from './due-deliveries.ts';
import { deliveryWith, laneWith } from './testing/documents.ts';

let folder: string;
let readModel: ReadModel;
let documents: Collection<DeliveryDocument>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  readModel = openSqliteReadModel(join(folder, 'read-models.db'));
  documents = await readModel.live(deliveries);
});
afterEach(async () => {
  await readModel.close();
  await rm(folder, { recursive: true });
});

const store = (...given: DeliveryDocument[]) =>
  documents.commit(
    given.map((document) => ({ id: document.deliveryId, position: 1, document })),
    1,
  );
const NOW = 1_000;
const LATER = NOW + 60_000;
const idsOf = (due: readonly DeliveryDocument[]) => due.map(({ deliveryId }) => deliveryId);

/** A round that has begun: `retry` after a failed attempt, `redelivery` when it was asked for. */
const inQueue = (kind: 'retry' | 'redelivery', id: string, changes: Partial<DeliveryDocument> = {}) => {
  const state = delivery.initialState();
  return deliveryWith(id, {
    lane: laneOf(kind, 'hook', changes.epoch ?? 0),
    state: kind === 'retry' ? { ...state, attempts: 1, roundAttempts: 1 } : { ...state, cause: 'redelivery', round: 2 },
    ...changes,
  });
};
const test = (id: string, webhookId = 'hook') =>
  deliveryWith(id, { kind: 'test', webhookId, lane: laneOf('test', webhookId, 0) });

describe('what is due in a queue', () => {
  const read = async (
    kind: QueueKind = 'event',
    { lane = laneWith(), limit = 10 }: { lane?: Lane; limit?: number } = {},
  ) => {
    const page = await readDue(documents, lane, kind, NOW, limit);
    return { ...page, due: idsOf(page.due) };
  };

  it('comes the longest due first', async () => {
    await store(
      deliveryWith('second', { dueAt: 900 }),
      deliveryWith('first', { dueAt: 10 }),
      deliveryWith('now', { dueAt: NOW }),
    );
    expect(await read()).toEqual({ due: ['first', 'second', 'now'], nextDueAt: null, more: false });
  });

  it('comes with the instant at which the next one is due that is not yet', async () => {
    await store(
      inQueue('retry', 'due'),
      inQueue('retry', 'later', { dueAt: LATER }),
      inQueue('retry', 'soon', { dueAt: NOW + 1 }),
    );
    expect(await read('retry')).toEqual({ due: ['due'], nextDueAt: NOW + 1, more: false });
  });

  it('is nothing of another queue, another epoch or another webhook, and nothing that is finished', async () => {
    await store(
      deliveryWith('first attempt'),
      inQueue('retry', 'retry'),
      inQueue('redelivery', 'redelivery'),
      test('test'),
      deliveryWith('of another', { webhookId: 'other' }),
      deliveryWith('of an earlier epoch', { epoch: -1 }),
      deliveryWith('succeeded', { outcome: 'succeeded', dueAt: null }),
      deliveryWith('skipped', { outcome: 'skipped', dueAt: null }),
      deliveryWith('gone', { gone: true, dueAt: null }),
    );
    const all = await Promise.all((['event', 'retry', 'redelivery', 'test'] as const).map((kind) => read(kind)));
    expect(all.map(({ due }) => due)).toEqual([['first attempt'], ['retry'], ['redelivery'], ['test']]);
  });

  it('is read a page at a time, and says whether more of it is due', async () => {
    await store(...[1, 2, 3].map((n) => deliveryWith(`d${n}`, { dueAt: n })));
    expect(await read('event', { limit: 2 })).toEqual({ due: ['d1', 'd2'], nextDueAt: null, more: true });
    expect(await read('event', { limit: 3 })).toMatchObject({ more: false });
    await store(deliveryWith('later', { dueAt: LATER }));
    expect(await read('event', { limit: 4 })).toMatchObject({ nextDueAt: LATER, more: false });
  });

  it('is nothing while the webhook is off, save tests', async () => {
    await store(deliveryWith('held', { epoch: 1 }), test('test'));
    const lane = laneWith({ enabled: false, epoch: 1 });
    expect([(await read('event', { lane })).due, (await read('test', { lane })).due]).toEqual([[], ['test']]);
    const removed = laneWith({ enabled: false, removed: true });
    expect(await read('test', { lane: removed })).toMatchObject({ due: [] });
  });
});

describe('what is due in order', () => {
  const read = async ({
    lane = laneWith(),
    from = 0,
    limit = 10,
  }: { lane?: Lane; from?: number; limit?: number } = {}) => {
    const page = await readInOrder(documents, lane, from, NOW, limit);
    return { ...page, due: idsOf(page.due) };
  };

  it('comes as the events were published, whatever is due longer', async () => {
    await store(
      deliveryWith('third', { eventPosition: 30, dueAt: 1 }),
      inQueue('retry', 'first', { eventPosition: 10, dueAt: 900 }),
      deliveryWith('second', { eventPosition: 20, dueAt: 500 }),
    );
    expect(await read()).toEqual({
      due: ['first', 'second', 'third'],
      nextDueAt: null,
      more: false,
      pendingFrom: 10,
    });
  });

  it('ends before the first that has to wait', async () => {
    await store(
      deliveryWith('first', { eventPosition: 10 }),
      inQueue('retry', 'waits', { eventPosition: 20, dueAt: LATER }),
      deliveryWith('behind it', { eventPosition: 30 }),
    );
    expect(await read()).toEqual({ due: ['first'], nextDueAt: LATER, more: false, pendingFrom: 10 });
    await store(deliveryWith('unused'));
    expect(await read({ from: 20 })).toMatchObject({ due: [], nextDueAt: LATER, pendingFrom: 20 });
  });

  it('is not held up by tests, by what was asked for out of order, or by what is held, skipped or over', async () => {
    await store(
      test('test'),
      inQueue('redelivery', 'asked for', { eventPosition: 2 }),
      deliveryWith('held', { eventPosition: 3, epoch: 0 }),
      deliveryWith('skipped', { eventPosition: 4, epoch: 2, outcome: 'skipped', dueAt: null }),
      deliveryWith('exhausted', { eventPosition: 5, epoch: 2, outcome: 'exhausted', dueAt: null }),
      deliveryWith('gone before', { eventPosition: 6, epoch: 0, gone: true, dueAt: null }),
      deliveryWith('next', { eventPosition: 7, epoch: 2 }),
    );
    expect(await read({ lane: laneWith({ epoch: 2 }) })).toMatchObject({ due: ['next'], pendingFrom: 7 });
  });

  it('ends at one whose receiver is gone, until the webhook is disabled for it', async () => {
    await store(
      deliveryWith('before', { eventPosition: 1, epoch: 2 }),
      deliveryWith('gone', { eventPosition: 2, epoch: 2, gone: true, dueAt: null }),
      deliveryWith('behind', { eventPosition: 3, epoch: 2 }),
    );
    expect(await read({ lane: laneWith({ epoch: 2 }) })).toMatchObject({
      due: ['before'],
      barred: true,
      pendingFrom: 1,
    });
  });

  it('has what was held and is released with the lane, at once and before what is new', async () => {
    await store(
      deliveryWith('cancelled', { eventPosition: 5, epoch: 0 }),
      inQueue('retry', 'waited', { eventPosition: 10, epoch: 2, dueAt: LATER }),
      deliveryWith('gone', { eventPosition: 20, epoch: 2, gone: true, dueAt: null }),
      inQueue('redelivery', 'redelivered', { eventPosition: 30, epoch: 3 }),
      deliveryWith('new', { eventPosition: 40, epoch: 4 }),
    );
    const lane = laneWith({ epoch: 4, pendingFrom: 1, cancelledUpTo: 0 });
    expect((await read({ lane })).due).toEqual(['waited', 'gone', 'redelivered', 'new']);
  });

  it('is read over pages that have nothing of it, until there is enough', async () => {
    const asked = Array.from({ length: 7 }, (_, n) => inQueue('redelivery', `asked ${n}`, { eventPosition: n }));
    const due = Array.from({ length: 5 }, (_, n) => deliveryWith(`d${n}`, { eventPosition: 10 + n }));
    await store(...asked, ...due);
    expect(await read({ limit: 3 })).toEqual({ due: ['d0', 'd1', 'd2'], nextDueAt: null, more: true, pendingFrom: 10 });
    expect(await read({ limit: 5 })).toMatchObject({ due: ['d0', 'd1', 'd2', 'd3', 'd4'], more: false });
  });

  it('says where to go on when there is nothing', async () => {
    await store(inQueue('redelivery', 'asked for', { eventPosition: 50 }));
    expect(await read({ from: 20 })).toEqual({ due: [], nextDueAt: null, more: false, pendingFrom: 50 });
    expect(await read({ from: 60 })).toMatchObject({ pendingFrom: 60 });
  });
});

describe('tests that are due', () => {
  it('are found for every webhook, and nothing else is', async () => {
    await store(
      test('a', 'one'),
      test('b', 'one'),
      test('c', 'two'),
      { ...test('over', 'three'), outcome: 'succeeded', dueAt: null },
      deliveryWith('delivery', { webhookId: 'four' }),
    );
    const found: string[] = [];
    for await (const webhookId of findTests(documents)) found.push(webhookId);
    expect(found.sort()).toEqual(['one', 'two']);
  });
});
