import { createHmac } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import {
  clientOf,
  createWebhook,
  event,
  publish,
  registerWorkspace,
  SECRET,
  unique,
  webhookBody,
} from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { Receiver } from '../../../../test/support/receiver.ts';

const MASK = '********';
const BROKEN = 'subscription-updated';

let installation: Installation;
let receiver: Receiver;
let workspace: string;
let hook: string;
beforeAll(async () => {
  installation = await Installation.start({ env: { RETRY_SCHEDULE: '0' } });
});
afterAll(() => installation.dispose());
beforeEach(async () => {
  receiver = await Receiver.start();
  workspace = await registerWorkspace(installation.api, unique('workspace'));
  hook = await createWebhook(installation.api, workspace, `${receiver.url}/hook`);
  await installation.settled();
});
afterEach(() => receiver.stop());

type Alert = { method: string; url: string; headers: Record<string, string>; body: string; signedAt: string };
type Delivery = { id: string; type: string };
const alertOf = (id: string, api = installation.api) => api.get<Alert & { detail: string }>(`/deliveries/${id}/alert`);
const deliveries = async (query = ''): Promise<Delivery[]> =>
  (await installation.api.get<{ items: Delivery[] }>(`/deliveries?webhook=${hook}${query}`)).data.items;
async function delivered(changes: object = {}): Promise<string> {
  await publish(installation.api, event(workspace, changes));
  await installation.settled();
  return (await deliveries('&kind=event'))[0]?.id ?? '';
}
const lowerCased = (headers: object) =>
  Object.fromEntries(Object.entries(headers).map(([k, v]) => [k.toLowerCase(), v]));
const signatures = ['x-coro-signature', 'webhook-signature', 'webhook-timestamp'];
const without = (headers: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));

describe('the alert of a delivery', () => {
  it('is what was received: the same URL and body, and the same headers in the same order', async () => {
    const { status, data } = await alertOf(await delivered());
    const received = receiver.events.at(-1);
    expect([status, data.method, data.url, data.body]).toEqual([200, 'POST', `${receiver.url}/hook`, received?.raw]);
    const shown = lowerCased(data.headers);
    expect(Object.keys(shown)).toEqual(Object.keys(received?.headers ?? {}));
    const varying = [...signatures, 'authorization'];
    expect(without(shown, varying)).toEqual(without(received?.headers ?? {}, varying));
    expect(shown.authorization).toBe(MASK);
  });

  it('is signed as of now for those who may change the webhook', async () => {
    const id = await delivered();
    const before = Math.floor(Date.now() / 1_000);
    const { headers, body, signedAt } = (await alertOf(id)).data;
    expect(Number(headers['webhook-timestamp'])).toBeGreaterThanOrEqual(before);
    expect(Date.parse(signedAt)).toBe(Number(headers['webhook-timestamp']) * 1_000);
    const verifier = new Webhook(Buffer.from(SECRET), { format: 'raw' });
    expect(verifier.verify(body, headers)).toEqual(JSON.parse(body));
    expect(headers['X-Coro-Signature']).toBe(
      createHmac('sha256', SECRET).update(String(headers['X-Coro-Hook-Id'])).digest('hex'),
    );
  });

  it('shows its signatures, and secret headers, to nobody who only looks', async () => {
    const id = await delivered();
    const viewer = await clientOf(installation, workspace, ['deliveries:read', 'webhooks:read']);
    const { status, data } = await alertOf(id, viewer);
    expect(status).toBe(200);
    expect(data.headers).toMatchObject({ 'X-Coro-Signature': MASK, 'webhook-signature': MASK, Authorization: MASK });
    expect(data.body).toBe(receiver.events.at(-1)?.raw);
    const admin = await clientOf(installation, workspace, ['deliveries:read', 'webhooks:write']);
    expect((await alertOf(id, admin)).data.headers).toMatchObject({ Authorization: MASK });
    expect((await alertOf(id, admin)).data.headers['webhook-signature']).toMatch(/^v1,/);
  });

  it('of the test of a draft goes where the draft goes', async () => {
    const headers = { Workspace: workspace };
    const draft = webhookBody(`${receiver.url}/draft`, { headers: { 'X-Draft': 'secret' }, status: undefined });
    const saved = await installation.api.put(`/settings/webhooks/${hook}/draft`, draft, { headers });
    expect(saved.status).toBe(200);
    await installation.api.post(`/settings/webhooks/${hook}/draft/test`, {}, { headers });
    await installation.settled();
    const received = receiver.alerts.find(({ path }) => path === '/draft');
    const [newest] = await deliveries('&kind=test');
    const { data } = await alertOf(newest?.id ?? '');
    expect([data.url, data.body, data.headers['X-Draft']]).toEqual([`${receiver.url}/draft`, received?.raw, MASK]);
    expect(data.headers.Authorization).toBeUndefined();
  });

  it('that cannot be made in its version says why', async () => {
    const release = {
      schema: { type: 'object', required: ['plan'], properties: { plan: { type: 'string' } } },
      example: { plan: 'paid' },
      downgrade: '{"subscriptionType": plan = "legacy" ? $error("a legacy plan has no type") : plan}',
    };
    await installation.api.post('/versions', { name: unique('version'), triggers: { [BROKEN]: release } });
    const id = await delivered({ type: BROKEN, data: { plan: 'legacy' } });
    const { status, data } = await alertOf(id);
    expect([status, data.detail]).toEqual([409, expect.stringContaining('a legacy plan has no type')]);
  });

  it('is nobody’s who does not reach its workspace, or may not read deliveries', async () => {
    const id = await delivered();
    const elsewhere = await registerWorkspace(installation.api, unique('elsewhere'));
    const stranger = await clientOf(installation, elsewhere, ['deliveries:read', 'webhooks:write']);
    expect((await alertOf(id, stranger)).status).toBe(404);
    expect((await alertOf('none')).status).toBe(404);
    const other = await clientOf(installation, workspace, ['webhooks:read']);
    expect((await alertOf(id, other)).status).toBe(403);
  });
});
