import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../libs/platform/event-store/index.ts';
import { eventStoreDbSearch } from '../../libs/platform/event-store/testing/event-store-db-search.ts';
import { findEngine } from '../../libs/platform/testing/engine.ts';
import { clientOf, createWebhook, publish, registerWorkspace } from '../support/api.ts';
import { turns } from '../support/turns.ts';
import { IngestingInstallation, message, TYPE } from './ingesting-installation.ts';

const engine = await findEngine(eventStoreDbSearch);

const machineNow = performance.now.bind(performance);
/** The machine's own clock, by which a workspace is waited for, moves on. */
const later = (milliseconds: number) => void (performance.now = () => machineNow() + milliseconds);

(engine ? describe : describe.skip)("the platform's own streams", () => {
  let ingesting: IngestingInstallation;

  beforeEach(async () => {
    ingesting = await IngestingInstallation.start(engine?.url ?? '');
  });
  afterEach(async () => {
    performance.now = machineNow;
    await ingesting.dispose();
  });
  afterAll(() => engine?.stop());

  it('are taken in as if their events were published, each once', async () => {
    const [one, same] = [message({ id: 'once' }), message({ id: 'once' })];
    await ingesting.platform.append('orders-1', one);
    await ingesting.platform.append('orders-2', same, message({ id: 'other' }));
    await ingesting.platform.append('invoices-1', message());
    await ingesting.received(2);
    await ingesting.acknowledged();
    expect(ingesting.alerts.sort()).toEqual(['once', 'other']);
    const [again] = await publish(ingesting.api, {
      ...{ id: 'once', type: TYPE, workspaceId: 'w', data: one.data },
    });
    expect(again?.status).toBe('duplicate');
    expect(await ingesting.parked()).toEqual([]);
  });

  it('register workspaces, and go on with their events in order', async () => {
    const data = { companyName: 'New', displayName: 'New', type: 'child', parentWorkspaceId: 'w' };
    await ingesting.platform.append(
      'orders-1',
      message({ workspaceId: 'new', id: 'made', type: 'workspace-created', data }),
      message({ workspaceId: 'new', id: 'first' }),
      message({ workspaceId: 'new', id: 'second' }),
    );
    await ingesting.received(3);
    expect((await ingesting.api.get('/workspaces/new')).data.parentWorkspaceId).toBe('w');
    expect(ingesting.alerts.sort()).toEqual(['first', 'made', 'second']);
    const { data: page } = await ingesting.api.get(`/deliveries?webhook=${ingesting.webhookId}&kind=event`);
    const newestFirst = page.items.map(({ eventId }: { eventId: string }) => eventId);
    expect(newestFirst).toEqual(['second', 'first', 'made']);
  });

  it('may be ahead of a workspace, which is waited for', async () => {
    await ingesting.platform.append(
      'orders-1',
      message({ workspaceId: 'late', id: 'early' }),
      message({ id: 'passes' }),
    );
    await ingesting.received(1);
    await registerWorkspace(ingesting.api, 'late', 'w');
    await ingesting.received(2);
    expect(ingesting.alerts).toEqual(['passes', 'early']);
    expect(await ingesting.parked()).toEqual([]);
  });

  describe('a message that is no event', () => {
    it('is parked, seen in the audit trail, and dropped', async () => {
      await ingesting.platform.append('orders-1', { data: Buffer.from('no JSON') }, message());
      await ingesting.received();
      const { id, ...rest } = await ingesting.onlyParked();
      const place = { stream: ingesting.platform.stream('orders-1'), revision: 0 };
      expect(rest).toMatchObject({ ...place, status: 'parked', workspaceId: null, reason: 'malformed' });
      expect(rest.errors.map(({ field }) => field)).toEqual(['data', 'metadata.workspaceId']);
      expect(await ingesting.activity()).toEqual(['platform-event-parked']);
      const refused = await ingesting.settle(id, 'replay');
      expect([refused.status, refused.data.errors]).toEqual([409, rest.errors]);
      expect(await ingesting.parked('?status=parked')).toHaveLength(1);
      for (let n = 0; n < 2; n++)
        expect((await ingesting.settle(id, 'drop')).data).toMatchObject({ id, status: 'dropped' });
      expect((await ingesting.settle(id, 'replay')).status).toBe(409);
      expect(await ingesting.parked('?status=parked')).toEqual([]);
      expect(await ingesting.parked('?status=dropped')).toMatchObject([{ id }]);
      expect(await ingesting.activity()).toEqual(['parked-event-dropped', 'platform-event-parked']);
    });
  });

  describe('an event that is refused', () => {
    it('is taken in by a replay once there is nothing wrong with it', async () => {
      await ingesting.platform.append('orders-1', message({ type: 'device-lost', id: 'device-7' }));
      const { id, reason, errors } = await ingesting.onlyParked();
      expect([reason, errors]).toMatchObject(['invalid', [{ field: 'type' }]]);
      expect((await ingesting.settle(id, 'replay')).status).toBe(409);
      const trigger = { type: 'device-lost', label: 'Lost', description: '', schema: { type: 'object' }, example: {} };
      expect((await ingesting.api.post('/triggers', trigger)).status).toBe(201);
      await createWebhook(ingesting.api, 'w', ingesting.receiver.url, { triggers: ['device-lost'] });
      for (let n = 0; n < 2; n++)
        expect(await ingesting.settle(id, 'replay')).toMatchObject({ status: 200, data: { id, status: 'replayed' } });
      await ingesting.installation.settled();
      expect(ingesting.alerts).toEqual(['device-7']);
      expect((await ingesting.settle(id, 'drop')).status).toBe(409);
      expect(await ingesting.activity()).toEqual(['parked-event-replayed', 'platform-event-parked']);
    });

    it('for its id is parked at once', async () => {
      await publish(ingesting.api, { type: TYPE, workspaceId: 'w', id: 'taken', data: { subscriptionType: 'pro' } });
      await ingesting.platform.append('orders-1', message({ id: 'taken', data: { subscriptionType: 'other' } }));
      expect(await ingesting.onlyParked()).toMatchObject({ reason: 'conflict', errors: [{ field: 'metadata.id' }] });
    });

    it('for its workspace is parked when that was waited for, for the root to see; and replayed when it is there', async () => {
      const ofTheWorkspace = await clientOf(ingesting.installation, 'w', ['ingestion:read', 'ingestion:write']);
      await ingesting.platform.append('orders-1', message({ workspaceId: 'unknown', id: 'orphan' }), message());
      await ingesting.received();
      later(6_000);
      const { id, reason } = await ingesting.onlyParked();
      expect(reason).toBe('unknown-workspace');
      expect(await ingesting.parked('', ofTheWorkspace)).toEqual([]);
      expect((await ingesting.settle(id, 'drop', ofTheWorkspace)).status).toBe(404);
      await registerWorkspace(ingesting.api, 'unknown', 'w');
      expect(await ingesting.parked('', ofTheWorkspace)).toMatchObject([{ id }]);
      expect((await ingesting.settle(id, 'replay', ofTheWorkspace)).data).toMatchObject({ status: 'replayed' });
      await ingesting.installation.settled();
      expect(ingesting.alerts).toContain('orphan');
    });
  });

  describe('while the store cannot write', () => {
    it('nothing is lost, doubled or parked', async () => {
      const store = ingesting.installation.parts.eventStore;
      const append = store.append.bind(store);
      let refusals = 0;
      store.append = (request) => {
        later(Math.min(refusals, 5) * 2_000);
        return refusals++ < 5 ? Promise.reject(new StoreUnavailable('The disk is full.')) : append(request);
      };
      const events = Array.from({ length: 20 }, () => message());
      await ingesting.platform.append('orders-1', ...events);
      await ingesting.received(20);
      expect(ingesting.alerts.sort()).toEqual(events.map((e) => e.metadata.id).sort());
      expect(await ingesting.parked()).toEqual([]);
    });
  });

  describe('an event that breaks the intake', () => {
    it('is passed by the others, and parked after a while', async () => {
      const store = ingesting.installation.parts.eventStore;
      const append = store.append.bind(store);
      store.append = (request) =>
        request.stream === 'platformEvent-broken' ? Promise.reject(new RangeError('too much')) : append(request);
      await ingesting.platform.append('orders-1', message({ id: 'broken' }));
      await ingesting.platform.append(
        'orders-2',
        message({ workspaceId: await registerWorkspace(ingesting.api, 'v') }),
      );
      await ingesting.received();
      later(6_000);
      expect(await ingesting.onlyParked()).toMatchObject({ reason: 'failed', errors: [{ message: 'too much' }] });
    });
  });

  describe('a process that dies in the middle', () => {
    it('leaves nothing out and nothing twice to the next one', async () => {
      const store = ingesting.installation.parts.eventStore;
      const append = store.append.bind(store);
      let [asked, stored] = [0, 0];
      let isCut: Promise<void> | undefined;
      store.append = async (request) => {
        if (request.events[0]?.type !== 'PlatformEventReceived') return append(request);
        // From here on nothing is stored, and soon nothing acknowledged.
        if (++asked > 150) throw new StoreUnavailable('The process is dead.');
        const recorded = await append(request);
        if (++stored === 150) isCut = turns().then(() => ingesting.way.cut());
        return recorded;
      };
      const events = Array.from({ length: 400 }, () => message());
      for (let n = 0; n < 10; n++)
        await ingesting.platform.append(`orders-${n}`, ...events.slice(n * 40, (n + 1) * 40));
      await ingesting.received(150);
      await isCut;
      await ingesting.installation.close();
      await ingesting.way.mend();
      await ingesting.installation.reopen();
      await ingesting.installation.work();
      await ingesting.received(400);
      await ingesting.acknowledged();
      expect(ingesting.handedOver).toBeGreaterThan(400);
      expect([...ingesting.receiver.counts]).toEqual(
        expect.arrayContaining(events.map((each) => [each.metadata.id, 1])),
      );
      expect(ingesting.receiver.counts.size).toBe(400);
      expect(await ingesting.parked()).toEqual([]);
    });
  });
});
