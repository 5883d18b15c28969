import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { fanOut } from '../../libs/modules/delivery/fan-out/fan-out.saga.ts';
import { createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { HeldOutbound } from './held-outbound.ts';

let installation: Installation;
let outbound: HeldOutbound;
const machineNow = performance.now.bind(performance);
/** The machine's own clock, which the gate goes by, moves on. */
const later = (milliseconds: number) => void (performance.now = () => machineNow() + milliseconds);
const post = () => installation.api.post('/events', event('w'));

beforeEach(async () => {
  outbound = new HeldOutbound();
  installation = await Installation.start({ outbound });
  await registerWorkspace(installation.api, 'w');
  await createWebhook(installation.api, 'w', 'http://127.0.0.1:9/');
});
afterEach(async () => {
  performance.now = machineNow;
  outbound.letGo();
  await installation.dispose();
});

describe('publishing while events wait to be fanned out', () => {
  it('is a 503 once one has waited for long, and goes on when it is passed on; none is lost', async () => {
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    let resume: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (resume = resolve));
    store.append = async (request) => {
      if (request.events[0]?.type === 'EventFannedOut') await held;
      return append(request);
    };
    expect((await post()).status).toBe(202);
    expect((await post()).status).toBe(202);
    later(6_000);
    const { status, headers, data } = await post();
    expect([status, headers['retry-after'], data.status]).toEqual([503, '2', 503]);
    resume();
    for (const follower of installation.server.sagas.followers()) await follower.caughtUp();
    expect((await post()).status).toBe(202);
    outbound.letGo();
    await installation.settled();
    const { data: deliveries } = await installation.api.get('/deliveries?status=succeeded');
    expect(deliveries.items.filter(({ kind }: { kind: string }) => kind !== 'test')).toHaveLength(3);
    expect(installation.server.sagas.followers().map(({ name }) => name)).toContain(fanOut.name);
  });
});

describe('publishing while much is owed to receivers that do not answer', () => {
  it('is accepted all the same', async () => {
    for (let n = 0; n < 3; n++) await publish(installation.api, ...Array.from({ length: 1_000 }, () => event('w')));
    for (const follower of installation.server.sagas.followers()) await follower.caughtUp();
    later(60_000);
    expect((await post()).status).toBe(202);
  });
});
