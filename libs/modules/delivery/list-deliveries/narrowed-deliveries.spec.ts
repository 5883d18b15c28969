import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { START } from '../../../platform/kernel/index.ts';
import { ResidentDocuments } from '../../../platform/processing/index.ts';
import { openSqliteReadModel } from '../../../platform/read-model/embedded/sqlite-read-model.ts';
import type { Collection, Query, ReadModel } from '../../../platform/read-model/index.ts';
import { CountDeliveries } from '../count-deliveries/count-deliveries.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { deliveryWith, laneWith } from '../send-attempts/testing/documents.ts';
import { deliveryFilter, deliverySelection } from './delivery-filter.ts';
import { FindDeliveries } from './find-deliveries.ts';

let folder: string;
let store: SqliteEventStore;
let readModel: ReadModel;
let stored: Collection<DeliveryDocument>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SqliteEventStore(join(folder, 'events.db'));
  readModel = openSqliteReadModel(join(folder, 'read-models.db'));
  stored = await readModel.live(deliveries);
});
afterEach(async () => {
  await readModel.close();
  await store.close();
  await rm(folder, { recursive: true });
});

/** Lists and counts over these documents. */
async function over(documents: readonly DeliveryDocument[], ...of: Lane[]) {
  const withPosition = documents.map((document) => ({ id: document.deliveryId, position: 1, document }));
  const newest = Math.max(...documents.map(({ eventPosition }) => eventPosition));
  await stored.commit(withPosition, newest);
  const storedLanes = await readModel.live(lanes);
  await storedLanes.commit(
    of.map((document) => ({ id: document.webhookId, position: 1, document })),
    START,
  );
  const resident = new ResidentDocuments<Lane>(lanes as never, storedLanes, store, pino({ level: 'silent' }));
  await resident.start();
  await resident.stop();
  const asked: Query[] = [];
  const listened = Object.assign(Object.create(stored) as typeof stored, {
    find: (query: Query) => {
      asked.push(query);
      return stored.find(query);
    },
  });
  const [find, counts] = [new FindDeliveries(listened, resident), new CountDeliveries(stored, resident)];
  const sees = (workspaceId: string) => workspaceId === 'workspace';
  const visible = [{ field: 'workspaceId', in: ['workspace'] }];
  return {
    ids: async (filter: object, limit = 200) => {
      const ids: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null;) {
        const page = await find.find(
          deliveryFilter.parse({ ...filter, limit, ...(cursor ? { cursor } : {}) }),
          visible,
        );
        ids.push(...page.items.map(({ id }) => id));
        cursor = page.nextCursor;
      }
      return ids;
    },
    /** What the lists have been looked for with. */
    asked,
    count: (filter: object) => counts.count(deliverySelection.parse(filter), visible, sees),
  };
}

const failure = (id: string, eventPosition: number, changes: Partial<DeliveryDocument>) =>
  deliveryWith(id, { eventPosition, failedPosition: eventPosition, outcome: 'exhausted', ...changes });
const mixed = [
  failure('a 404', 1, { lastStatusCode: 404, lastErrorClass: 'http-status' }),
  failure('a 500', 2, { lastStatusCode: 500, lastErrorClass: 'http-status' }),
  failure('a 503 on its way', 3, { lastStatusCode: 503, lastErrorClass: 'http-status', outcome: 'unfinished' }),
  failure('silent', 4, { lastErrorClass: 'timeout' }),
  deliveryWith('delivered', { eventPosition: 5, lastStatusCode: 200, outcome: 'succeeded' }),
  deliveryWith('asked for', {
    ...{ eventPosition: 6, lastStatusCode: 200, outcome: 'succeeded' },
    ...{ redeliveryId: 'job', redeliveryPosition: 6 },
  }),
  deliveryWith('waiting', { eventPosition: 7, redeliveryId: 'job', redeliveryPosition: 7 }),
  failure('of another', 8, { lastStatusCode: 503, lastErrorClass: 'http-status', webhookId: 'other' }),
  failure('out of reach', 9, {
    lastStatusCode: 503,
    workspaceId: 'beyond',
    redeliveryId: 'job',
    redeliveryPosition: 9,
  }),
];

describe('deliveries', () => {
  it.each<[object, string[]]>([
    [{ webhook: 'hook', code: '503' }, ['a 503 on its way']],
    [{ webhook: 'hook', code: '5xx' }, ['a 503 on its way', 'a 500']],
    [{ webhook: 'hook', code: '5xx', status: 'exhausted' }, ['a 500']],
    [{ code: '503' }, ['of another', 'a 503 on its way']],
    [{ webhook: 'hook', code: '200' }, ['asked for', 'delivered']],
    [{ code: '2xx' }, ['asked for', 'delivered']],
    [{ webhook: 'hook', errorClass: 'timeout' }, ['silent']],
    [{ webhook: 'hook', errorClass: 'http-status', code: '4xx' }, ['a 404']],
    [{ redelivery: 'job' }, ['waiting', 'asked for']],
    [{ redelivery: 'job', status: 'succeeded' }, ['asked for']],
    [{ redelivery: 'job', status: 'pending' }, ['waiting']],
    [{ redelivery: 'none' }, []],
    [{ webhook: 'hook', workspace: 'beyond' }, []],
  ])('that fit %j are listed, the newest first, and counted', async (filter, expected) => {
    const { ids, count } = await over(mixed, laneWith(), laneWith({ webhookId: 'other' }));
    expect(await ids(filter)).toEqual(expected);
    expect(await ids(filter, 1)).toEqual(expected);
    expect(await count(filter)).toEqual({ count: expected.length, atLeast: false });
  });

  it.each(['6x', '99', 'xx', '5xxx', '', 'ok'])('of the code %s are none that can be asked for', (code) => {
    expect(deliveryFilter.safeParse({ code }).success).toBe(false);
  });
});

describe('the list', () => {
  const AT = [0, 1, 99_999, 100_000, 100_001, 199_999, 200_000, 200_001, 300_000, 1_000_000];
  const far = AT.map((eventPosition) =>
    deliveryWith(`${eventPosition}`, { eventPosition, type: eventPosition % 2 ? 'rare' : 'created' }),
  );
  const among = Array.from({ length: 10_000 }, (_, n) => deliveryWith(`among ${n}`, { eventPosition: n * 100 }));
  const rare = ['200001', '199999', '100001', '99999', '1'];

  it.each([1, 2, 5, 200])('of what few fit has each once, in pages of %i, wherever a stretch ends', async (limit) => {
    const { ids } = await over([...far, ...among], laneWith());
    expect(await ids({ webhook: 'hook', type: 'rare' }, limit)).toEqual(rare);
    expect(await ids({ type: 'rare', status: 'pending' }, limit)).toEqual(rare);
    expect(await ids({ kind: 'test' }, limit)).toEqual([]);
  });

  it('of what few fit looks at no more than a stretch at once', async () => {
    const { ids, asked } = await over([...far, ...among], laneWith());
    await ids({ webhook: 'hook', type: 'nowhere' });
    expect(asked.map(({ downTo }) => downTo ?? 0)).toEqual([9, 8, 7, 6, 5, 4, 3, 2, 1, 0].map((n) => n * 100_000));
  });

  it('is read at once where there is little to look through', async () => {
    const { ids, asked } = await over(far, laneWith());
    expect(await ids({ webhook: 'hook', type: 'rare' })).toEqual(rare);
    expect(asked.map(({ downTo }) => downTo)).toEqual([undefined]);
  });

  it.each([{ webhook: 'hook' }, { webhook: 'hook', status: 'exhausted' }, { event: 'evt' }, { redelivery: 'job' }])(
    'of %j, which an index leads to, is read at once',
    async (filter) => {
      const { ids, asked } = await over(far, laneWith());
      await ids(filter);
      expect(asked.map(({ downTo }) => downTo)).toEqual([undefined]);
    },
  );

  it('of a webhook that is out of view reads nothing', async () => {
    const { ids, asked } = await over(mixed, laneWith({ webhookId: 'beyond', workspaceId: 'beyond' }));
    expect(await ids({ webhook: 'beyond' })).toEqual([]);
    expect(asked).toEqual([]);
  });
});

describe('the count', () => {
  it('is exact over all stretches of positions, up to 10,000', async () => {
    const far = Array.from({ length: 10_000 }, (_, n) => deliveryWith(`d${n}`, { eventPosition: n * 97 }));
    const { count } = await over(far, laneWith());
    expect(await count({ webhook: 'hook' })).toEqual({ count: 10_000, atLeast: false });
    expect(await count({ webhook: 'hook', status: 'pending' })).toEqual({ count: 10_000, atLeast: false });
    await stored.commit([{ id: 'more', position: 2, document: deliveryWith('more', { eventPosition: 1 }) }], 970_000);
    expect(await count({ webhook: 'hook' })).toEqual({ count: 10_000, atLeast: true });
    expect(await count({ status: 'pending' })).toEqual({ count: 10_000, atLeast: true });
  });

  it('has each once, wherever a look at the positions ends', async () => {
    const at = [0, 1, 99_999, 100_000, 100_001, 199_999, 200_000, 200_001, 300_000];
    const { count } = await over(at.map((eventPosition) => deliveryWith(`d${eventPosition}`, { eventPosition })));
    expect(await count({ webhook: 'hook', type: 'created' })).toEqual({ count: at.length, atLeast: false });
  });

  it('of a status that follows from webhooks is that of each webhook which is seen', async () => {
    const on = laneWith({ webhookId: 'on', epoch: 4, cancelledUpTo: 1 });
    const off = laneWith({ webhookId: 'off', epoch: 1, enabled: false });
    const removed = laneWith({ webhookId: 'removed', enabled: false, removed: true });
    const beyond = laneWith({ webhookId: 'beyond', workspaceId: 'beyond', epoch: 1, enabled: false });
    const of = (webhookId: string, epoch: number, changes: object = {}) =>
      deliveryWith(`${webhookId} ${epoch}${JSON.stringify(changes)}`, { webhookId, epoch, ...changes });
    const { count } = await over(
      [of('on', 4), of('on', 2), of('on', 3), of('on', 0), of('off', 0), of('off', 1), of('removed', 0)].concat([
        of('off', 0, { kind: 'test' }),
        of('beyond', 0, { workspaceId: 'beyond' }),
        of('on', 4, { type: 'removed' }),
      ]),
      ...[on, off, removed, beyond],
    );
    expect(await count({ status: 'held' })).toEqual({ count: 4, atLeast: false });
    expect(await count({ status: 'held', webhook: 'on' })).toEqual({ count: 2, atLeast: false });
    expect(await count({ status: 'held', webhook: 'beyond' })).toEqual({ count: 0, atLeast: false });
    expect(await count({ status: 'held', workspace: 'beyond' })).toEqual({ count: 0, atLeast: false });
    expect(await count({ status: 'cancelled' })).toEqual({ count: 2, atLeast: false });
    expect(await count({ status: 'pending' })).toEqual({ count: 3, atLeast: false });
    expect(await count({ status: 'pending', type: 'removed' })).toEqual({ count: 1, atLeast: false });
  });
});
