import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { START } from '../../../platform/kernel/index.ts';
import { ResidentDocuments } from '../../../platform/processing/index.ts';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import type { ReadModel } from '../../../platform/read-model/index.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { deliveryWith, laneWith } from '../send-attempts/testing/documents.ts';
import { deliveryFilter } from './delivery-filter.ts';
import { FindDeliveries } from './find-deliveries.ts';

let folder: string;
let store: SqliteEventStore;
let readModel: ReadModel;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SqliteEventStore(join(folder, 'events.db'));
  readModel = openSqliteReadModel(join(folder, 'read-models.db'));
});
afterEach(async () => {
  await readModel.close();
  await store.close();
  await rm(folder, { recursive: true });
});

async function finding(documents: readonly DeliveryDocument[], ...of: Lane[]): Promise<FindDeliveries> {
  const [stored, storedLanes] = [await readModel.live(deliveries), await readModel.live(lanes)];
  const withPosition = documents.map((document) => ({ id: document.deliveryId, position: 1, document }));
  await stored.commit(withPosition, 1);
  await storedLanes.commit(
    of.map((document) => ({ id: document.webhookId, position: 1, document })),
    START,
  );
  const resident = new ResidentDocuments<Lane>(lanes as never, storedLanes, store, pino({ level: 'silent' }));
  await resident.start();
  await resident.stop();
  return new FindDeliveries(stored, resident);
}
const idsOf = async (find: FindDeliveries, filter: object = {}, workspaces?: readonly string[]) =>
  (
    await find.find(deliveryFilter.parse(filter), workspaces ? [{ field: 'workspaceId', in: workspaces }] : [])
  ).items.map(({ id }) => id);

/** All pages, one after the other. */
async function allOf(find: FindDeliveries, filter: object): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await find.find(deliveryFilter.parse({ ...filter, ...(cursor ? { cursor } : {}) }), []);
    ids.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  return ids;
}

describe('the list of deliveries', () => {
  const mixed = [
    deliveryWith('old', { eventPosition: 1, createdAt: 1_000, eventId: 'evt' }),
    deliveryWith('new', { eventPosition: 3, createdAt: 3_000, type: 'removed', workspaceId: 'other' }),
    deliveryWith('test', { eventPosition: 2, createdAt: 2_000, kind: 'test', webhookId: 'another' }),
  ];

  it('has the newest event first', async () => {
    expect(await idsOf(await finding(mixed, laneWith()))).toEqual(['new', 'test', 'old']);
  });

  it.each<[object, string[]]>([
    [{ webhook: 'another' }, ['test']],
    [{ workspace: 'other' }, ['new']],
    [{ event: 'evt' }, ['old']],
    [{ eventWorkspace: 'child' }, ['new', 'test', 'old']],
    [{ eventWorkspace: 'workspace' }, []],
    [{ type: 'removed' }, ['new']],
    [{ kind: 'test' }, ['test']],
    [{ kind: 'event', type: 'created' }, ['old']],
    [{ from: '1970-01-01T00:00:02Z' }, ['new', 'test']],
    [{ to: '1970-01-01T00:00:02Z' }, ['old']],
    [{ from: '1970-01-01T01:00:02+01:00', to: '1970-01-01T00:00:03Z' }, ['test']],
  ])('narrowed to %j has what fits', async (filter, expected) => {
    expect(await idsOf(await finding(mixed, laneWith()), filter)).toEqual(expected);
  });

  it('has only what belongs to the workspaces it is asked for', async () => {
    const find = await finding(mixed, laneWith());
    expect(await idsOf(find, {}, ['other'])).toEqual(['new']);
    expect(await idsOf(find, { webhook: 'hook' }, ['workspace', 'other'])).toEqual(['new', 'old']);
    expect(await idsOf(find, {}, [])).toEqual([]);
  });
});

describe('deliveries of a status', () => {
  const on = laneWith({ webhookId: 'on', epoch: 4, cancelledUpTo: 1 });
  const off = laneWith({ webhookId: 'off', epoch: 1, enabled: false });
  const removed = laneWith({ webhookId: 'removed', enabled: false, removed: true });
  const all = [
    deliveryWith('pending', { webhookId: 'on', epoch: 4 }),
    deliveryWith('held', { webhookId: 'on', epoch: 2 }),
    deliveryWith('cancelled', { webhookId: 'on', epoch: 1 }),
    deliveryWith('held since', { webhookId: 'off', epoch: 0 }),
    deliveryWith('of a removed one', { webhookId: 'removed' }),
    deliveryWith('succeeded', { webhookId: 'removed', outcome: 'succeeded', dueAt: null }),
    deliveryWith('exhausted', { webhookId: 'on', outcome: 'exhausted', dueAt: null }),
    deliveryWith('unrendered', { webhookId: 'off', outcome: 'unrendered', dueAt: null }),
    deliveryWith('skipped', { webhookId: 'on', outcome: 'skipped', dueAt: null }),
  ];

  it.each([
    ['pending', ['pending']],
    ['held', ['held', 'held since']],
    ['cancelled', ['cancelled', 'of a removed one']],
    ['succeeded', ['succeeded']],
    ['exhausted', ['exhausted']],
    ['unrendered', ['unrendered']],
    ['skipped', ['skipped']],
  ])('%s are those that their webhook makes so', async (status, expected) => {
    const find = await finding(all, on, off, removed);
    expect((await idsOf(find, { status })).sort()).toEqual([...expected].sort());
  });

  it.each([1, 7, 200])('are all found, each once, in pages of %i, however rare', async (limit) => {
    const many = Array.from({ length: 500 }, (_, n) =>
      deliveryWith(`d${n}`, { webhookId: 'on', epoch: n % 97 === 0 ? 2 : 4, eventPosition: n % 50 }),
    );
    const held = many.filter(({ epoch }) => epoch === 2).map(({ deliveryId }) => deliveryId);
    const find = await finding(many, on);
    expect((await allOf(find, { status: 'held', limit })).sort()).toEqual(held.sort());
    expect(new Set(await allOf(find, { limit })).size).toBe(500);
  });
});

describe('one delivery', () => {
  it('is there for who reaches its workspace, and for nobody else', async () => {
    const find = await finding(
      [deliveryWith('d', { workspaceId: 'workspace', eventWorkspaceId: 'child' })],
      laneWith(),
    );
    expect(await find.one('d', (id) => id === 'workspace')).toMatchObject({ deliveryId: 'd' });
    expect(await find.one('d', (id) => id === 'child')).toBeUndefined();
    expect(await find.one('unknown', () => true)).toBeUndefined();
  });
});
