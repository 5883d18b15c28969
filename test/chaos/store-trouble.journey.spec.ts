import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { StoreUnavailable, type EventStore } from '../../libs/platform/event-store/index.ts';
import { createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { HeldOutbound } from '../journeys/held-outbound.ts';

const LONGER_THAN_ANYONE_WAITS_MS = 6_000;
const events = (count: number) => Array.from({ length: count }, () => event('workspace'));
const statuses = (items: readonly { status: string }[]) => new Set(items.map(({ status }) => status));

/** The store of an installation, with appends that wait, or fail, until it recovers. */
class TroubledStore {
  readonly #append: EventStore['append'];
  #recover: () => void = () => undefined;

  constructor(private readonly store: EventStore) {
    this.#append = store.append.bind(store);
  }

  /** Resolves once an append waits. */
  waits(): Promise<void> {
    const recovered = new Promise<void>((resolve) => (this.#recover = resolve));
    return new Promise((resolve) => {
      this.store.append = async (request) => {
        resolve();
        await recovered;
        return this.#append(request);
      };
    });
  }

  fails(): void {
    this.store.append = () => Promise.reject(new StoreUnavailable('The disk is full.'));
  }

  recovers(): void {
    this.store.append = this.#append;
    this.#recover();
  }
}

let installation: Installation;
let outbound: HeldOutbound;
let store: TroubledStore;
const now = performance.now.bind(performance);
let late = 0;

beforeEach(async () => {
  outbound = new HeldOutbound();
  installation = await Installation.start({ outbound });
  await registerWorkspace(installation.api, 'workspace');
  await createWebhook(installation.api, 'workspace', 'http://127.0.0.1:9/');
  await installation.settled();
  store = new TroubledStore(installation.parts.eventStore);
  performance.now = () => now() + late;
});
afterEach(async () => {
  performance.now = now;
  late = 0;
  store.recovers();
  outbound.letGo();
  await installation.dispose();
});

async function expectRefusal(): Promise<void> {
  const refused = event('workspace');
  const { status, headers } = await installation.api.post('/events', refused);
  expect([status, headers['retry-after']]).toEqual([503, expect.stringMatching(/^\d+$/)]);
  expect((await installation.api.get(`/events/${refused.id}`)).status).toBe(404);
}

async function expectReadsAnswered(): Promise<void> {
  for (const path of ['/health/live', '/deliveries', '/activity', '/workspaces'])
    expect([path, (await installation.api.get(path)).status]).toEqual([path, 200]);
}

describe('a store that turns slow', () => {
  it('refuses further events at once, is read as before, and goes on with what it has taken', async () => {
    outbound.letGo();
    const waits = store.waits();
    const taken = event('workspace');
    const publishing = publish(installation.api, taken);
    await waits;
    late = LONGER_THAN_ANYONE_WAITS_MS;
    await expectRefusal();
    await expectReadsAnswered();
    store.recovers();
    expect(statuses(await publishing)).toEqual(new Set(['accepted']));
    const after = events(20);
    expect(statuses(await publish(installation.api, ...after))).toEqual(new Set(['accepted']));
    await installation.settled();
    expect(outbound.begun.sort()).toEqual([taken, ...after].map(({ id }) => id).sort());
  });

  it('that does not pass events on refuses further ones, and takes them again when it has', async () => {
    outbound.letGo();
    await installation.server.sagas.stop();
    const taken = events(10);
    await publish(installation.api, ...taken);
    late = LONGER_THAN_ANYONE_WAITS_MS;
    await expectRefusal();
    await installation.server.sagas.start();
    await installation.settled();
    const after = events(10);
    expect(statuses(await publish(installation.api, ...after))).toEqual(new Set(['accepted']));
    await installation.settled();
    expect(outbound.begun.sort()).toEqual([...taken, ...after].map(({ id }) => id).sort());
  });
});

describe('a store that cannot write', () => {
  it('refuses events, is read as before, and sends nothing twice when it can again', async () => {
    const taken = events(100);
    await publish(installation.api, ...taken);
    await outbound.begins(1);
    await installation.quiet();
    const begun = outbound.begun.length;
    store.fails();
    await expectRefusal();
    await expectReadsAnswered();
    outbound.letGo();
    await expectRefusal();
    expect(outbound.begun).toHaveLength(begun);
    store.recovers();
    const after = events(20);
    expect(statuses(await publish(installation.api, ...after))).toEqual(new Set(['accepted']));
    await installation.settled();
    expect(outbound.begun.sort()).toEqual([...taken, ...after].map(({ id }) => id).sort());
    const { data } = await installation.api.get('/deliveries?status=succeeded&kind=event&limit=200');
    expect(data.items).toHaveLength(120);
  });
});
