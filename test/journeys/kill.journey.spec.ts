import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveryIdOf, type DeliveryEvent, type PlatformEvent } from '../../libs/modules/delivery/contract.ts';
import { SqliteEventStore } from '../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import { START, type Recorded } from '../../libs/platform/kernel/index.ts';
import { createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { Receiver } from '../support/receiver.ts';
import { ServerProcess } from '../support/server-process.ts';

describe('kill -9', () => {
  let folder: string;
  let receiver: Receiver;
  let server: ServerProcess;
  let hook: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'carillon-'));
    receiver = await Receiver.start();
    server = await ServerProcess.start(folder);
    await registerWorkspace(server.api, 'workspace');
    hook = await createWebhook(server.api, 'workspace', receiver.url);
  });
  afterEach(async () => {
    await server.kill();
    await receiver.stop();
    await rm(folder, { recursive: true });
  });

  /** Events whose delivery is recorded as succeeded in the store of the dead process. */
  async function recorded(): Promise<Set<string>> {
    const store = new SqliteEventStore(join(folder, 'events.db'));
    const eventOf = new Map<string, string>();
    const done = new Set<string>();
    for (let after: number = START; after < (await store.head());) {
      const batch = await store.readAll({ after, categories: ['platformEvent', 'delivery'], limit: 1_000 });
      for (const { type, data } of batch.events as Recorded<PlatformEvent | DeliveryEvent>[]) {
        if (type === 'EventFannedOut') eventOf.set(deliveryIdOf(data, hook), data.eventId);
        if (type === 'AttemptSucceeded') done.add(eventOf.get(data.deliveryId) ?? '');
      }
      after = batch.position;
    }
    await store.close();
    return done;
  }

  it('while 1,000 accepted events are being delivered loses none, and repeats only what was in flight', async () => {
    const events = Array.from({ length: 1_000 }, () => event('workspace'));
    expect((await publish(server.api, ...events)).every(({ status }) => status === 'accepted')).toBe(true);
    const finishedAtKill = new Set<string>();
    for (const enough of [150, 400, 700]) {
      await receiver.received(enough);
      await server.kill();
      for (const id of await recorded()) finishedAtKill.add(id);
      const before = receiver.events.length;
      server = await ServerProcess.start(folder);
      await receiver.received(before + 1);
    }
    const wanted = new Set(events.map(({ id }) => id));
    await receiver.until(() => receiver.counts.size >= wanted.size);
    await server.kill('SIGTERM');

    expect(new Set(receiver.counts.keys())).toEqual(wanted);
    const repeated = [...receiver.counts].filter(([, count]) => count > 1);
    // At most a lane's attempts in flight at each of three kills.
    expect(repeated.length).toBeLessThanOrEqual(3 * 16);
    for (const { body, headers } of receiver.events) expect(headers['webhook-id']).toBe(body.id);
    const done = await recorded();
    for (const { id } of events) expect(done.has(id)).toBe(true);
    expect(finishedAtKill.size).toBeGreaterThan(100);
  });

  it('never makes a recorded delivery go out again', async () => {
    const events = Array.from({ length: 300 }, () => event('workspace'));
    await publish(server.api, ...events);
    await receiver.received(120);
    await server.kill();
    const done = await recorded();
    const before = receiver.events.length;
    server = await ServerProcess.start(folder);
    await receiver.until(() => receiver.counts.size >= events.length);
    await server.kill('SIGTERM');
    const sentAgain = receiver.events.slice(before).map(({ body }) => body.id);
    expect(sentAgain.filter((id) => done.has(id))).toEqual([]);
  });

  it('while events are being published loses none that was accepted', async () => {
    const accepted: string[] = [];
    let alive = true;
    const publishing = Array.from({ length: 4 }, async () => {
      while (alive) {
        const items = await publish(server.api, ...Array.from({ length: 10 }, () => event('workspace'))).catch(
          () => [],
        );
        accepted.push(...items.map(({ id }) => id));
      }
    });
    await receiver.received(200);
    await server.kill();
    alive = false;
    await Promise.all(publishing);
    server = await ServerProcess.start(folder);
    const missing = new Set(accepted.filter((id) => !receiver.counts.has(id)));
    await receiver.until(() => {
      for (const id of missing) if (receiver.counts.has(id)) missing.delete(id);
      return missing.size === 0;
    });
    expect(accepted.length).toBeGreaterThan(200);
  });

  it('is not needed: SIGTERM ends the process by itself', async () => {
    expect(await server.kill('SIGTERM')).toBe(0);
  });
});
