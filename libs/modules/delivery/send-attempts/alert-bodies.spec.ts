import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { CannotDowngrade, type Downgrade, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { laneOf, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
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

const [SECOND, THIRD] = ['2026-02-01', '2026-03-01'];

/** Says in the body what it was made of; `unchanged` is a trigger that no release names. */
class Versions implements PayloadVersions {
  readonly downgrades: Downgrade[] = [];
  failure: Error | undefined;

  accepted = () => [];
  exampleOf = (type: string, version: string) => nextTurn(type === 'test' ? { hello: version } : undefined);

  downgrade(body: string, alert: Downgrade): string | Promise<string> {
    if (alert.type === 'unchanged') return body;
    this.downgrades.push(alert);
    if (this.failure) throw this.failure;
    return nextTurn(body.replace('"data":', `"from":"${alert.from}","to":"${alert.to}","data":`));
  }
}

let folder: string;
let store: CountingReads;
let versions: Versions;
let bodies: AlertBodies;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new CountingReads(join(folder, 'events.db'));
  versions = new Versions();
  bodies = new AlertBodies(store, versions);
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const received = (eventId: string, data: Record<string, unknown>, version?: string): PlatformEventReceived => ({
  type: 'PlatformEventReceived',
  data: { eventId, type: 'created', workspaceId: 'child', timestamp: 5, data, digest: 'd', version },
});
const publish = (eventId: string, data: Record<string, unknown> = { z: 'ü', a: [1.0, null] }, version?: string) =>
  append(store, platformEventStream(eventId), received(eventId, data, version));
const bodyOf = (eventId: string, deliveryId = 'delivery') => bodies.of(deliveryWith(deliveryId, { eventId }));
const bodyIn = (version: string, changes: Partial<DeliveryDocument> = {}) =>
  bodies.of(deliveryWith('delivery', { eventId: 'evt', version, ...changes }));

const justFannedOut = { id: 'evt', timestamp: 5, workspaceId: 'child', type: 'created', data: { a: 1 } };

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
    bodies = new AlertBodies(store, versions);
    expect(await bodyOf('evt')).toBe(before);
  });

  it('is not read at all when fan-out has just had the event', async () => {
    await publish('evt', { a: 1 });
    bodies.keep({ ...justFannedOut, version: FIRST_VERSION });
    expect(await bodyOf('evt')).toContain('"data":{"a":1}');
    expect(store.reads).toBe(0);
  });

  it('of an event that is not there is an error, and looked for again', async () => {
    await expect(bodyOf('evt')).rejects.toThrow(/evt is not in the store/);
    await publish('evt');
    expect(await bodyOf('evt')).toContain('"id":"evt"');
  });

  it('of a test is the example, as it is in the version of the test', async () => {
    const test = deliveryWith('test-1', {
      kind: 'test',
      type: 'test',
      eventId: 'test-1',
      version: SECOND,
      createdAt: 7,
      lane: laneOf('test', 'hook', 0),
    });
    expect(JSON.parse(await bodies.of(test))).toEqual({
      id: 'test-1',
      timestamp: '7',
      workspaceId: 'workspace',
      type: 'test',
      data: { hello: SECOND },
    });
    expect(store.reads).toBe(0);
  });
});

describe('the body of an alert in an older version than its event', () => {
  const inFirst = '"from":"2026-03-01","to":"2026-01-01","data":{"a":1}';

  it('is downgraded from that of the event, which is as it was for those in its version', async () => {
    bodies.keep({ ...justFannedOut, version: THIRD });
    expect(await bodyIn(FIRST_VERSION)).toContain(inFirst);
    expect(await bodyIn(SECOND)).toContain('"to":"2026-02-01"');
    expect(await bodyIn(THIRD)).toContain('"type":"created","data":{"a":1}');
    expect(versions.downgrades).toEqual([
      { type: 'created', from: THIRD, to: FIRST_VERSION },
      { type: 'created', from: THIRD, to: SECOND },
    ]);
  });

  it('is made once, for however many webhooks, at once or later', async () => {
    bodies.keep({ ...justFannedOut, version: THIRD });
    const many = Array.from({ length: 50 }, () => bodyIn(FIRST_VERSION));
    expect(new Set(await Promise.all(many)).size).toBe(1);
    await bodyIn(FIRST_VERSION);
    expect(versions.downgrades).toHaveLength(1);
    expect(store.reads).toBe(0);
  });

  it('is the same bytes when it has been forgotten: the event is read once, for all versions', async () => {
    await publish('evt', { a: 1 }, THIRD);
    const [first, second, third] = await Promise.all([FIRST_VERSION, SECOND, THIRD].map((version) => bodyIn(version)));
    expect(store.reads).toBe(1);
    bodies = new AlertBodies(store, versions);
    expect([await bodyIn(FIRST_VERSION), await bodyIn(SECOND), await bodyIn(THIRD)]).toEqual([first, second, third]);
  });

  it('is that of the event where nothing changes its trigger', async () => {
    bodies.keep({ ...justFannedOut, type: 'unchanged', version: THIRD });
    const unchanged = await bodyIn(FIRST_VERSION, { type: 'unchanged' });
    expect(unchanged).toBe(await bodyIn(THIRD, { type: 'unchanged' }));
  });

  it('of an event from before versions is that of the event', async () => {
    await publish('evt', { a: 1 });
    expect(await bodyIn(FIRST_VERSION)).toContain('"type":"created","data":{"a":1}');
    expect(versions.downgrades).toEqual([]);
  });

  it('that cannot be made is an error for all who wait for it, and tried again for the next', async () => {
    bodies.keep({ ...justFannedOut, version: THIRD });
    versions.failure = new CannotDowngrade('error', SECOND, 'The result is no object.');
    const two = await Promise.allSettled([bodyIn(FIRST_VERSION), bodyIn(FIRST_VERSION)]);
    expect(two.map((each) => each.status === 'rejected' && each.reason)).toEqual([versions.failure, versions.failure]);
    expect(versions.downgrades).toHaveLength(1);
    versions.failure = undefined;
    expect(await bodyIn(FIRST_VERSION)).toContain(inFirst);
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

  it('are those of all versions', async () => {
    const large = 'x'.repeat(9 * 1024 * 1024);
    bodies.keep({ ...justFannedOut, data: { large }, version: SECOND });
    await bodyIn(FIRST_VERSION);
    await publish('evt', { large }, SECOND);
    await bodyIn(FIRST_VERSION);
    expect(store.reads).toBe(0);
    await bodyIn(SECOND);
    expect(store.reads).toBe(1);
  });

  it('are kept once for the versions in which they are the same', async () => {
    const large = 'x'.repeat(9 * 1024 * 1024);
    bodies.keep({ ...justFannedOut, type: 'unchanged', data: { large }, version: THIRD });
    for (const version of [FIRST_VERSION, SECOND, THIRD]) await bodyIn(version, { type: 'unchanged' });
    expect(store.reads).toBe(0);
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
