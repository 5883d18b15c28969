import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createWebhook, event, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { Receiver } from '../support/receiver.ts';

describe('between publishing and fan-out', () => {
  let installation: Installation;
  let receiver: Receiver;
  let hook: string;
  const headers = { Workspace: 'workspace' };

  /** Nothing is fanned out until `work`. */
  beforeEach(async () => {
    installation = await Installation.open();
    receiver = await Receiver.start();
    await registerWorkspace(installation.api, 'workspace');
    hook = await createWebhook(installation.api, 'workspace', receiver.url);
    await publish(installation.api, event('workspace', { id: 'published' }));
  });
  afterEach(async () => {
    await installation.dispose();
    await receiver.stop();
  });

  const delivered = async () => {
    await installation.work();
    await installation.settled();
    const { data } = await installation.api.get('/deliveries?event=published');
    return data.items.map(({ webhookId, status }: { webhookId: string; status: string }) => [webhookId, status]);
  };

  it('a webhook that stays as it is receives the event', async () => {
    expect(await delivered()).toEqual([[hook, 'succeeded']]);
  });

  it('a webhook that stops listening is still owed what was published before', async () => {
    await installation.api.put(
      `/settings/webhooks/${hook}`,
      webhookBody(receiver.url, { triggers: ['subscription-updated'] }),
      { headers },
    );
    expect(await delivered()).toEqual([[hook, 'succeeded']]);
  });

  it('a webhook whose URL changes receives it where it is now', async () => {
    await installation.api.put(`/settings/webhooks/${hook}`, webhookBody(`${receiver.url}/new`), { headers });
    await delivered();
    expect(receiver.events.map(({ path }) => path)).toEqual(['/new']);
  });

  it('a webhook that is removed is owed it, and the removal cancels it', async () => {
    await installation.api.delete(`/settings/webhooks/${hook}`, { headers });
    expect(await delivered()).toEqual([[hook, 'cancelled']]);
    expect(receiver.events).toEqual([]);
  });

  it('a webhook that is disabled is owed it, and holds it', async () => {
    await installation.api.post(`/settings/webhooks/${hook}/disable`, undefined, { headers });
    expect(await delivered()).toEqual([[hook, 'held']]);
  });

  it('a webhook that is created is not owed it', async () => {
    await createWebhook(installation.api, 'workspace', receiver.url);
    expect(await delivered()).toEqual([[hook, 'succeeded']]);
  });
});
