import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import type { TriggerCatalog } from '../../webhook-configuration/contract.ts';
import { laneOf } from '../delivery/deliveries.projection.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { PlatformEventReceived } from '../platform-event/platform-event.events.ts';
import { AlertBodies } from './alert-bodies.ts';
import { append, deliveryWith } from './testing/documents.ts';

class CountingReads extends SqliteEventStore {
  reads = 0;

  override readStream(...request: Parameters<SqliteEventStore['readStream']>) {
    this.reads++;
    return super.readStream(...request);
  }
}

const example = { text: 'hello' };
const catalog: TriggerCatalog = {
  get: (type) => (type === 'test' ? { type, label: '', description: '', schema: {}, example } : undefined),
  all: () => [],
  caughtUp: async () => undefined,
};

let folder: string;
let store: CountingReads;
let bodies: AlertBodies;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new CountingReads(join(folder, 'events.db'));
  bodies = new AlertBodies(store, catalog);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const received = (eventId: string, data: Record<string, unknown>): PlatformEventReceived => ({
  type: 'PlatformEventReceived',
  data: { eventId, type: 'created', workspaceId: 'child', timestamp: 5, data, digest: 'd' },
});
const publish = (eventId: string, data: Record<string, unknown> = { z: 'ü', a: [1.0, null] }) =>
  append(store, platformEventStream(eventId), received(eventId, data));
const bodyOf = (eventId: string, deliveryId = 'delivery') => bodies.of(deliveryWith(deliveryId, { eventId }));

describe('the body of an alert', () => {
  it('is the event as it was published, the workspace being its own', async () => {
    await publish('evt');
    expect(await bodyOf('evt')).toBe(
      '{"id":"evt","timestamp":"5","workspaceId":"child","type":"created","data":{"z":"ü","a":[1,null]}}',
    );
  });

  it('is the same bytes for every webhook, and read once', async () => {
    await publish('evt');
    const [one, other] = await Promise.all([bodyOf('evt', 'one'), bodyOf('evt', 'other')]);
    expect(other).toBe(one);
    expect(await bodyOf('evt', 'third')).toBe(one);
    expect(store.reads).toBe(1);
  });

  it('is the same bytes when it has been forgotten, or by another process', async () => {
    await publish('evt');
    const before = await bodyOf('evt');
    bodies = new AlertBodies(store, catalog);
    expect(await bodyOf('evt')).toBe(before);
  });

  it('is not read at all when fan-out has just had the event', async () => {
    await publish('evt', { a: 1 });
    bodies.keep({ id: 'evt', timestamp: 5, workspaceId: 'child', type: 'created', data: { a: 1 } });
    expect(await bodyOf('evt')).toContain('"data":{"a":1}');
    expect(store.reads).toBe(0);
  });

  it('of an event that is not there is an error, and looked for again', async () => {
    await expect(bodyOf('evt')).rejects.toThrow(/evt is not in the store/);
    await publish('evt');
    expect(await bodyOf('evt')).toContain('"id":"evt"');
  });

  it('of a test is the example of the catalog', async () => {
    const test = deliveryWith('test-1', {
      kind: 'test',
      type: 'test',
      eventId: 'test-1',
      createdAt: 7,
      lane: laneOf('test', 'hook', 0),
    });
    expect(JSON.parse(await bodies.of(test))).toEqual({
      id: 'test-1',
      timestamp: '7',
      workspaceId: 'workspace',
      type: 'test',
      data: example,
    });
    expect(store.reads).toBe(0);
  });
});

describe('the bodies that are kept', () => {
  const isKept = async (eventId: string) => {
    const before = store.reads;
    await bodyOf(eventId);
    return store.reads === before;
  };

  it('are the newest 10,000', async () => {
    const ids = Array.from({ length: 10_001 }, (_, n) => `evt-${n}`);
    await Promise.all(ids.map((id) => publish(id, {})));
    for (const id of ids) await bodyOf(id);
    expect(await isKept('evt-1')).toBe(true);
    expect(await isKept('evt-0')).toBe(false);
  });

  it('are of 16 million characters at most', async () => {
    const large = 'x'.repeat(1024 * 1024);
    const ids = Array.from({ length: 17 }, (_, n) => `evt-${n}`);
    await Promise.all(ids.map((id) => publish(id, { large })));
    await Promise.all(ids.map((id) => bodyOf(id)));
    expect(await isKept('evt-16')).toBe(true);
    expect(await isKept('evt-0')).toBe(false);
  });

  it('are counted right however many are asked for at once', async () => {
    const text = 'x'.repeat(300 * 1024);
    const ids = Array.from({ length: 400 }, (_, n) => `evt-${n}`);
    await Promise.all(ids.map((id) => publish(id, { text })));
    for (let from = 0; from < ids.length; from += 40) {
      await Promise.all(ids.slice(from, from + 40).map((id) => bodyOf(id)));
    }
    let kept = 0;
    for (const id of ids.toReversed()) {
      if (!(await isKept(id))) break;
      kept++;
    }
    expect(kept).toBeGreaterThan(40);
  });
});
