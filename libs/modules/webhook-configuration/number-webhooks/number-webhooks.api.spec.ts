import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { AxiosInstance } from 'axios';
import { createWebhook, registerWorkspace, unique } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { SEALING_KEY, type SealingKey } from '../../../platform/sealing/index.ts';
import { RegisterWorkspace } from '../../identity/contract.ts';
import { secretContext } from '../webhook/sealing-contexts.ts';
import { createdLongAgo } from '../webhook/testing/webhook-history.ts';
import { IssueWebhookNumber, RemoveWebhook, type WebhookNumber } from '../webhook/webhook.commands.ts';

/** Nobody listens there. */
const URL = 'http://127.0.0.1:9/hook';

describe('the number of a webhook', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspaceId: string;
  const metadata = () => ({ at: installation.clock.now(), actor: 'client:tester', traceId: 'trace' });
  const commands = () => installation.server.app.get(CommandBus);
  const issue = (webhookId: string) =>
    commands().execute<IssueWebhookNumber, WebhookNumber>(
      new IssueWebhookNumber({ webhookId, workspaceId }, metadata()),
    );
  const events = (webhookId: string) => installation.parts.eventStore.readStream(`webhook-${webhookId}`);
  const typesOf = async (webhookId: string) => (await events(webhookId)).map(({ type }) => type);
  const numberOf = async (webhookId: string) =>
    (await api.get(`/settings/webhooks/${webhookId}`, { headers: { Workspace: workspaceId } })).data.number;

  /** In the store alone, as it was written before there were numbers. */
  async function madeLongAgo(inWorkspace = workspaceId): Promise<string> {
    const webhookId = unique('66b204f0c992d50b8b2f');
    const secret = installation.server.app.get<SealingKey>(SEALING_KEY).seal('secret', secretContext(webhookId));
    const own = { webhookId, workspaceId: inWorkspace, url: URL, secret };
    const data = { ...createdLongAgo.data, ...own, headers: {}, testId: undefined };
    await installation.parts.eventStore.append({
      stream: `webhook-${webhookId}`,
      expected: 'no-stream',
      events: [{ type: 'WebhookCreated', id: unique('event'), data }],
      metadata: metadata(),
    });
    return webhookId;
  }

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
    workspaceId = await registerWorkspace(api, unique('workspace'));
  });
  afterAll(() => installation.dispose());

  it('is there when it is created, with the BusinessId of its workspace, and nobody else has it', async () => {
    const [one, other] = [
      await createWebhook(api, workspaceId, URL),
      await createWebhook(api, workspaceId, URL, { status: 'disabled' }),
    ];
    const [created] = await events(one);
    expect(created?.data).toMatchObject({ businessId: expect.any(Number), number: await numberOf(one) });
    expect(await typesOf(one)).toEqual(['WebhookCreated']);
    expect(await numberOf(other)).not.toBe(await numberOf(one));
  });

  it('is not claimed for a body that is refused', async () => {
    const before = await installation.parts.eventStore.head();
    const body = { ...{ name: 'A', applyToAllDescendants: true, url: URL, secret: 'secret' }, status: 'enabled' };
    const headers = { Workspace: workspaceId };
    const refused = await api.post('/settings/webhooks', { ...body, triggers: ['unheard-of'] }, { headers });
    expect([refused.status, await installation.parts.eventStore.head()]).toEqual([400, before]);
  });

  it('is the same one whenever it is asked for, also by two at once', async () => {
    const webhookId = await madeLongAgo();
    const [one, other] = await Promise.all([issue(webhookId), issue(webhookId)]);
    expect(other).toEqual(one);
    expect(await issue(webhookId)).toEqual(one);
    expect(await typesOf(webhookId)).toEqual(['WebhookCreated', 'WebhookNumbered']);
    expect((await events(webhookId)).at(-1)?.data).toEqual({ webhookId, workspaceId, ...one });
  });

  it('can be issued before the webhook is there, which appends nothing to it', async () => {
    const webhookId = unique('66b204f0c992d50b8b2f');
    const one = await issue(webhookId);
    expect(await issue(webhookId)).toEqual(one);
    expect(await events(webhookId)).toEqual([]);
  });

  it('is issued to those that are older than numbers, once work begins, and not to removed ones', async () => {
    const [webhookId, removed] = [await madeLongAgo(), await madeLongAgo()];
    await commands().execute(new RemoveWebhook({ webhookId: removed, workspaceId }, metadata()));
    await installation.quiet();
    expect(await numberOf(webhookId)).toBeNull();
    await installation.work();
    await installation.quiet();
    expect(await numberOf(webhookId)).toBe((await issue(webhookId)).number);
    expect(await typesOf(webhookId)).toEqual(['WebhookCreated', 'WebhookNumbered']);
    expect((await events(webhookId)).at(-1)?.metadata.actor).toBe('saga:number-webhooks');
    expect(await typesOf(removed)).toEqual(['WebhookCreated', 'WebhookRemoved']);
  });

  it('is another one for each of many, whose workspace becomes one location by them', async () => {
    await installation.close();
    await installation.reopen();
    const unopened = unique('unopened');
    const settings = { type: 'regular', companyName: 'c', displayName: 'c', domain: '', adminEmails: '' } as const;
    const registration = { ...settings, workspaceId: unopened, parentWorkspaceId: 'root' };
    await commands().execute(new RegisterWorkspace({ ...registration, notificationLevel: 'all' }, metadata()));
    const many = await Promise.all(Array.from({ length: 100 }, () => madeLongAgo(unopened)));
    await installation.work();
    await installation.quiet();
    const [registered, opened, ...more] = await installation.parts.eventStore.readStream(`workspace-${unopened}`);
    expect([registered?.type, opened?.type, more]).toEqual(['WorkspaceRegistered', 'LocationOpened', []]);
    const { businessId } = opened?.data as WebhookNumber;
    const issued = await Promise.all(many.map(async (id) => (await events(id)).at(-1)?.data as WebhookNumber));
    expect(new Set(issued.map(({ number }) => number)).size).toBe(many.length);
    expect(issued.every((numbers) => numbers.businessId === businessId)).toBe(true);
  });
});
