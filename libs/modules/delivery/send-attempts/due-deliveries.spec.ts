import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import type { Collection, ReadModel } from '../../../platform/read-model/index.ts';
import { deliveries, testLaneOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { Lane } from '../lanes/lanes.projection.ts';
import { readDue } from './due-deliveries.ts';
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
const read = async (
  lane: Lane = laneWith(),
  { kind = 'event', limit = 10 }: { kind?: 'event' | 'test'; limit?: number } = {},
) => {
  const page = await readDue(documents, lane, kind, NOW, limit);
  return { ...page, due: page.due.map(({ deliveryId }) => deliveryId) };
};
/** On again after a pause: the deliveries of epoch 0 were held and let go, those of epoch 2 are new. */
const released = (changes: Partial<Lane> = {}) =>
  laneWith({ epoch: 2, release: { upTo: 1, epoch: 2, at: 500 }, ...changes });

describe('a lane that is on', () => {
  it('is owed what is due, the longest due first', async () => {
    await store(
      deliveryWith('second', { dueAt: 900 }),
      deliveryWith('first', { dueAt: 10 }),
      deliveryWith('now', { dueAt: NOW }),
    );
    expect(await read()).toEqual({ due: ['first', 'second', 'now'], nextDueAt: null, more: false });
  });

  it('says when the next one is due that is not yet', async () => {
    await store(
      deliveryWith('due'),
      deliveryWith('later', { dueAt: NOW + 5_000 }),
      deliveryWith('soon', { dueAt: NOW + 1 }),
    );
    expect(await read()).toEqual({ due: ['due'], nextDueAt: NOW + 1, more: false });
  });

  it('is not owed what is finished, of another lane, or a test', async () => {
    await store(
      deliveryWith('succeeded', { outcome: 'succeeded', dueAt: null }),
      deliveryWith('exhausted', { outcome: 'exhausted', dueAt: null }),
      deliveryWith('gone', { gone: true, dueAt: null }),
      deliveryWith('of another', { webhookId: 'other', lane: 'other:0' }),
      deliveryWith('test', { kind: 'test', lane: testLaneOf('hook') }),
    );
    expect(await read()).toEqual({ due: [], nextDueAt: null, more: false });
  });

  it('is read a page at a time, and says that there may be more', async () => {
    await store(...[1, 2, 3].map((n) => deliveryWith(`d${n}`, { dueAt: n })));
    expect(await read(laneWith(), { limit: 2 })).toEqual({ due: ['d1', 'd2'], nextDueAt: null, more: true });
    await store(deliveryWith('later', { dueAt: NOW + 1 }));
    expect(await read(laneWith(), { limit: 4 })).toMatchObject({ nextDueAt: NOW + 1, more: false });
  });
});

describe('a lane that was off', () => {
  it('is not owed what it held, until that is released', async () => {
    await store(deliveryWith('held'), deliveryWith('new', { epoch: 2 }));
    expect(await read(laneWith({ epoch: 2 }))).toMatchObject({ due: ['new'] });
    expect(await read(released())).toMatchObject({ due: ['held', 'new'] });
  });

  it('is owed what was released at once, in the order of the events, whatever it waited for', async () => {
    await store(
      deliveryWith('third', { epoch: 1, eventPosition: 3 }),
      deliveryWith('first', { eventPosition: 1, dueAt: NOW + 60_000 }),
      deliveryWith('second', { eventPosition: 2, dueAt: null, gone: true }),
    );
    expect(await read(released())).toEqual({ due: ['first', 'second', 'third'], nextDueAt: null, more: false });
  });

  it('is not owed what was cancelled, nor what finished meanwhile', async () => {
    await store(
      deliveryWith('cancelled', { epoch: 0 }),
      deliveryWith('released', { epoch: 3 }),
      deliveryWith('finished', { epoch: 3, outcome: 'succeeded', dueAt: null }),
    );
    const lane = laneWith({ epoch: 5, cancelledUpTo: 1, release: { upTo: 4, epoch: 5, at: 500 } });
    expect(await read(lane)).toMatchObject({ due: ['released'] });
  });

  it('takes what was released back when it goes off again', async () => {
    await store(deliveryWith('held'));
    expect(await read(released({ epoch: 3, enabled: false }))).toMatchObject({ due: [] });
    expect(await read(released({ epoch: 4 }))).toMatchObject({ due: [] });
  });

  it('is read a page at a time too', async () => {
    await store(...[1, 2, 3].map((n) => deliveryWith(`d${n}`, { eventPosition: n })));
    expect(await read(released(), { limit: 2 })).toMatchObject({ due: ['d1', 'd2'], more: true });
  });
});

describe('the tests of a webhook', () => {
  const test = deliveryWith('test', { kind: 'test', lane: testLaneOf('hook') });

  it.each([
    ['on', laneWith()],
    ['off', laneWith({ enabled: false, epoch: 1 })],
    ['on again, with deliveries released', released()],
  ])('are due while it is %s, and nothing else with them', async (_, lane) => {
    await store(test, deliveryWith('delivery'));
    expect(await read(lane, { kind: 'test' })).toMatchObject({ due: ['test'] });
  });

  it('are cancelled when it is removed', async () => {
    await store(test);
    expect(await read(laneWith({ removed: true, enabled: false }), { kind: 'test' })).toMatchObject({ due: [] });
  });
});
