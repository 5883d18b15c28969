import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { AlertBodies } from '../../libs/modules/delivery/send-attempts/alert-bodies.ts';
import { StoreUnavailable } from '../../libs/platform/event-store/index.ts';
import { createWebhook, event, events, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldOutbound } from './held-outbound.ts';

let installation: Installation;
let outbound: HeldOutbound;

beforeEach(async () => {
  outbound = new HeldOutbound();
  installation = await Installation.start({ outbound });
  await registerWorkspace(installation.api, 'workspace');
});
afterEach(async () => {
  outbound.letGo();
  await installation.dispose();
});

describe('deliveries that cannot be rendered', () => {
  it('are tried again after a rest, without holding up those behind them', async () => {
    await createWebhook(installation.api, 'workspace', 'http://127.0.0.1:9/');
    outbound.letGo();
    const bodies = installation.server.app.get(AlertBodies);
    const of = bodies.of.bind(bodies);
    const broken = new Set(events(150).map(({ id }) => id));
    let tries = 0;
    bodies.of = async (delivery) => {
      if (!broken.has(delivery.eventId)) return of(delivery);
      tries++;
      throw new Error('disk I/O error');
    };
    const healthy = events(20);
    await publish(installation.api, ...[...broken].map((id) => ({ ...event('workspace'), id })), ...healthy);
    await installation.settled();
    expect(outbound.begun.sort()).toEqual(healthy.map(({ id }) => id).sort());
    expect(tries).toBe(150);
    broken.clear();
    await installation.pass(1_000);
    expect(outbound.begun).toHaveLength(170);
  });
});

describe('a receiver that hangs', () => {
  it('with many webhooks leaves room for the others', async () => {
    for (let n = 0; n < 40; n++) await createWebhook(installation.api, 'workspace', `http://127.0.0.1:9/slow/${n}`);
    await registerWorkspace(installation.api, 'other');
    await createWebhook(installation.api, 'other', 'http://127.0.0.1:9/good');
    await installation.settled();
    await publish(installation.api, ...events(20));
    await outbound.begins(160);
    await installation.quiet();
    const [good] = events(1, 'other');
    await publish(installation.api, good ?? {});
    await outbound.until(() => outbound.begun.includes(good?.id ?? ''));
  });
});

describe('a batch that the store refuses in the middle', () => {
  it('is answered 503, and nothing is left that could end the process', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown) => unhandled.push(error);
    process.on('unhandledRejection', note);
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    store.append = () => turn().then(() => Promise.reject(new StoreUnavailable('The disk is full.')));
    const child = { companyName: 'c', displayName: 'c', type: 'child', parentWorkspaceId: 'workspace' };
    const { status } = await installation.api.post('/events', [event('workspace'), event('new', { data: child })]);
    await turns();
    store.append = append;
    process.off('unhandledRejection', note);
    expect([status, unhandled]).toEqual([503, []]);
  });
});

describe('a stop while the sender waits for its documents', () => {
  it('sends nothing that is recorded', async () => {
    await createWebhook(installation.api, 'workspace', 'http://127.0.0.1:9/');
    outbound.letGo();
    await installation.settled();
    const runner = await installation.server.projections.runner(deliveries);
    await runner.stop();
    await installation.server.sender.stop();
    await publish(installation.api, event('workspace'));
    const starting = installation.server.sender.start();
    await installation.quiet();
    await installation.server.sender.stop();
    await runner.start();
    await runner.caughtUp();
    await starting;
    await installation.quiet();
    expect(outbound.begun).toEqual([]);
  });
});

describe('a store that goes away while the work begins', () => {
  it('is tried again, and then all goes on', async () => {
    await createWebhook(installation.api, 'workspace', 'http://127.0.0.1:9/');
    await installation.close();
    await installation.reopen();
    const store = installation.parts.eventStore;
    const end = store.end.bind(store);
    let refused = 0;
    store.end = () => (refused++ < 2 ? Promise.reject(new StoreUnavailable('It is away.')) : end());
    await installation.work();
    expect(refused).toBeGreaterThan(2);
    outbound.letGo();
    await publish(installation.api, event('workspace'));
    await installation.settled();
    expect(outbound.begun).toHaveLength(1);
  });
});
