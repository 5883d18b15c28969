import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { clientOf, createWebhook, registerWorkspace, unique, webhookBody } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { CreateWebhook, FIRST_VERSION, IssueWebhookNumber, type WebhookNumber } from './contract.ts';
import { MASK } from './webhook/webhook-view.ts';

const URL = 'https://customer.example/hook';
const NEW_URL = 'https://customer.example/new';
const ROUTE = '/settings/webhooks';

describe('a webhook of the location dialect', () => {
  let installation: Installation;
  let api: AxiosInstance;
  let workspaceId: string;
  let id: string;
  let made: WebhookNumber;
  const inside = () => ({ headers: { Workspace: workspaceId } });
  const get = (path = '', as = api) => as.get(`${ROUTE}/${id}${path}`, inside());
  const put = (path: string, body: object) => api.put(`${ROUTE}/${id}${path}`, body, inside());
  const post = (path: string) => api.post(`${ROUTE}/${id}${path}`, undefined, inside());
  const eventTypes = async () =>
    (await installation.parts.eventStore.readStream(`webhook-${id}`)).map(({ type }) => type);
  const refusedFor = async (answer: Promise<Pick<AxiosResponse, 'status' | 'data'>>) => {
    const { status, data } = await answer;
    return [status, data.errors?.map(({ field }: { field: string }) => field)];
  };
  const { secret: _, ...body } = webhookBody(URL, { triggers: ['workspace-created'], headers: {} });

  async function createInLocation(): Promise<string> {
    const commands = installation.server.app.get(CommandBus);
    const webhookId = unique('66b204f0c992d50b8b2f');
    const of = { webhookId, workspaceId };
    const metadata = { at: installation.clock.now(), actor: 'client:tester', traceId: 'trace' };
    made = await commands.execute<IssueWebhookNumber, WebhookNumber>(new IssueWebhookNumber(of, metadata));
    const settings = { ...body, status: 'enabled' as const, dialect: 'location' as const, secret: null };
    const versions = { version: FIRST_VERSION, live: [FIRST_VERSION] };
    await commands.execute(new CreateWebhook({ ...of, ...made, ...settings, ...versions }, metadata));
    await installation.quiet();
    return webhookId;
  }

  beforeAll(async () => {
    installation = await Installation.open();
    api = installation.api;
  });
  afterAll(() => installation.dispose());
  beforeEach(async () => {
    workspaceId = await registerWorkspace(api, unique('workspace'));
    id = await createInLocation();
  });

  it('says so, wherever it is shown, and has no secret', async () => {
    const shown = { id, dialect: 'location', number: made.number, secret: null };
    expect((await get()).data).toMatchObject(shown);
    expect((await get('', await clientOf(installation, workspaceId, ['webhooks:read']))).data).toMatchObject(shown);
    expect((await api.get(ROUTE, inside())).data.items).toMatchObject([shown]);
  });

  it('owes no test, and can be tested', async () => {
    expect((await installation.parts.eventStore.readStream(`webhook-${id}`))[0]?.data).not.toHaveProperty('testId');
    expect((await post('/test')).status).toBe(202);
  });

  it('is not changed by what was read', async () => {
    const read = await get();
    const { status, data, headers } = await put('', read.data);
    expect([status, data, headers['etag']]).toEqual([200, read.data, '"0"']);
    expect(await eventTypes()).toEqual(['WebhookCreated']);
  });

  it('stays one when it is replaced', async () => {
    const headers = { 'X-Tenant': 'one' };
    const { data } = await put('', { ...body, url: NEW_URL, headers, dialect: 'workspace', number: 7 });
    expect(data).toMatchObject({ url: NEW_URL, headers, dialect: 'location', number: made.number, secret: null });
    expect((await put('', { ...body, secret: MASK })).data).toMatchObject({ url: URL, secret: null });
  });

  it('takes no secret, by whatever way', async () => {
    expect(await refusedFor(put('', { ...body, secret: 'supersecuresecret' }))).toEqual([400, ['secret']]);
    expect(await refusedFor(put('/draft', { secret: 'supersecuresecret' }))).toEqual([400, ['secret']]);
    expect(await eventTypes()).toEqual(['WebhookCreated']);
  });

  it('has drafts, which are shown, tested and published without a secret', async () => {
    const { status, data } = await put('/draft', { url: NEW_URL, secret: null });
    expect([status, data.changes]).toEqual([200, { url: NEW_URL }]);
    expect(data.webhook).toMatchObject({ url: NEW_URL, secret: null, dialect: 'location', number: made.number });
    expect(data.differences).toEqual([{ field: 'url', live: URL, draft: NEW_URL }]);
    expect((await put('/draft', data.changes)).data).toEqual(data);
    expect((await post('/draft/test')).status).toBe(202);
    expect((await post('/draft/publish')).data).toMatchObject({ url: NEW_URL, secret: null, dialect: 'location' });
  });

  describe('beside one of the workspace dialect', () => {
    beforeEach(async () => void (id = await createWebhook(api, workspaceId, URL)));

    it('is told from it', async () => {
      expect((await get()).data).toMatchObject({ dialect: 'workspace', number: expect.any(Number) });
    });

    it('is alone in having null for its secret', async () => {
      expect(await refusedFor(put('', { ...body, secret: null }))).toEqual([400, ['secret']]);
      expect(await refusedFor(put('/draft', { secret: null }))).toEqual([400, ['secret']]);
    });
  });

  it('is not made here', async () => {
    for (const change of [{ dialect: 'location' }, { secret: null }, { number: 7 }]) {
      const answer = api.post(ROUTE, webhookBody(URL, change), inside());
      expect(await refusedFor(answer)).toEqual([400, Object.keys(change)]);
    }
  });
});
