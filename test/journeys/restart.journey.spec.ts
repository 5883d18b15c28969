import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';

const ids = (receiver: Receiver) => receiver.events.map(({ body }) => body.id);

describe('an installation', () => {
  let installation: Installation;
  let receiver: Receiver;

  beforeEach(async () => {
    installation = await Installation.start({ env: { RETRY_SCHEDULE: '0,60,300,1800' } });
    receiver = await Receiver.start();
    await registerWorkspace(installation.api, 'workspace');
    await createWebhook(installation.api, 'workspace', receiver.url);
    await installation.settled();
  });
  afterEach(async () => {
    await installation.dispose();
    await receiver.stop();
  });

  it('that is stopped finishes what is in flight, and goes on with the rest when it is started again', async () => {
    const events = Array.from({ length: 300 }, () => event('workspace'));
    await publish(installation.api, ...events);
    await receiver.received(20);
    await installation.close();
    const before = receiver.events.length;
    expect(before).toBeLessThan(300);
    await installation.reopen();
    await installation.work();
    await receiver.received(300);
    await installation.settled();
    expect(ids(receiver).sort()).toEqual(events.map(({ id }) => id).sort());
  });

  it('keeps to its schedule across a restart', async () => {
    receiver.answer = () => ({ status: 500 });
    await publish(installation.api, event('workspace'));
    await installation.settled();
    await installation.close();
    await installation.reopen();
    await installation.work();
    await installation.settled();
    expect(receiver.events).toHaveLength(1);
    await installation.pass(70_000);
    expect(receiver.events).toHaveLength(2);
  });

  it('whose projections are rebuilt while it sends sends nothing twice and forgets nothing', async () => {
    const events = Array.from({ length: 600 }, () => event('workspace'));
    await publish(installation.api, ...events.slice(0, 300));
    await receiver.received(10);
    const { projections } = installation.server;
    const rebuilding = Promise.all(projections.names().map((name) => projections.rebuild(name)));
    await publish(installation.api, ...events.slice(300));
    await rebuilding;
    await Promise.all(projections.names().map((name) => projections.rebuild(name)));
    await receiver.received(600);
    await installation.settled();
    expect(ids(receiver).sort()).toEqual(events.map(({ id }) => id).sort());
    const { data } = await installation.api.get('/deliveries?status=succeeded&kind=event&limit=200');
    expect(data.items).toHaveLength(200);
  });

  it('whose read models are lost builds them again from the events, and sends nothing twice', async () => {
    const events = Array.from({ length: 50 }, () => event('workspace'));
    await publish(installation.api, ...events);
    await receiver.received(50);
    await installation.settled();
    const before = (await installation.api.get('/deliveries?limit=200')).data;
    await installation.close();
    await installation.loseReadModels();
    await installation.reopen();
    await installation.work();
    await installation.settled();
    expect((await installation.api.get('/deliveries?limit=200')).data).toEqual(before);
    expect(receiver.events).toHaveLength(50);
  });
});
