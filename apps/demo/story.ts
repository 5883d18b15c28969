import { isDeepStrictEqual } from 'node:util';
import { activityTable } from './activity-table.ts';
import type { ActivityItem, Api, Delivery, List, Published, Webhook } from './api.ts';
import type { Alert, Inbox } from './inbox.ts';
import { until, type Narrator } from './narrator.ts';
import { verifyHookSignature, verifyStandardWebhook } from './verify.ts';

const SECRET = 'supersecuresecret';
const CHANNEL = 'channelWorkspace';
const PREFIX = 'X-Coro';

export type Scene = {
  readonly api: Api;
  readonly narrator: Narrator;
  readonly client: { readonly id: string; readonly secret: string };
  /** Answers 200. */
  readonly healthy: Inbox;
  /** Answers 500. */
  readonly failing: Inbox;
  /** Seconds before each attempt. */
  readonly schedule: readonly number[];
};

/** The API guide from the token to the alert, then what happens when nobody takes the alert. */
export async function tell(scene: Scene): Promise<void> {
  await getToken(scene);
  const webhook = await createWebhook(scene);
  await publishAndReceive(scene);
  await publishAgain(scene);
  const broken = await createFailingWebhook(scene);
  await exhaust(scene, broken, webhook);
  await readActivity(scene, broken);
}

async function getToken({ api, narrator, client }: Scene): Promise<void> {
  narrator.step('Trade the client id and secret for a token: POST /oauth/token');
  const seconds = await api.authenticate(client.id, client.secret);
  narrator.check(seconds === 86_400, 'a bearer token for 24 hours', seconds);
}

const webhookBody = (name: string, url: string) => ({
  name,
  description: 'Used for updating QuickBooks',
  applyToAllDescendants: true,
  url,
  secret: SECRET,
  headers: { Authorization: 'Bearer YOUR_ACCESS_TOKEN', 'Content-Type': 'application/json' },
  triggers: ['workspace-created'],
  status: 'enabled',
});

const createdFrom = (api: Api, body: object) =>
  api.call<Webhook>({ method: 'POST', path: '/settings/webhooks', body, workspace: CHANNEL, expected: 201 });

async function createWebhook({ api, narrator, healthy }: Scene): Promise<Webhook> {
  narrator.step(`Register the channel workspace ${CHANNEL}, and give it a webhook: POST /settings/webhooks`);
  const channel = { id: CHANNEL, parentWorkspaceId: 'root', type: 'channel', companyName: 'MSP', displayName: 'MSP' };
  await api.call({ method: 'POST', path: '/workspaces', body: channel, expected: 201 });
  narrator.saw('201, the workspace');

  const body = webhookBody('Billing webhooks', healthy.url);
  const webhook = await createdFrom(api, body);
  const { id, updated, ...fields } = webhook as Webhook & Record<string, unknown>;
  narrator.check(/^[0-9a-f]{24}$/.test(id) && typeof updated === 'number', `201, webhook ${id}`, { id, updated });
  const kept = Object.entries(body).every(([name, value]) => isDeepStrictEqual(fields[name], value));
  narrator.check(kept, 'the answer has the configuration that was sent', fields);

  const test = await until('the test alert', 5, () => healthy.of('test')[0]);
  checkSigned(narrator, test, 'a test alert arrived right away');
  return webhook;
}

/** A platform event as in the guide: a child workspace of the channel was created. */
const workspaceCreated = (id: string, workspaceId: string, companyName: string) => ({
  id,
  type: 'workspace-created',
  workspaceId,
  timestamp: '1627670400000',
  data: {
    companyName,
    displayName: companyName,
    domain: 'The workspace domain',
    type: 'child',
    maxProtectedUsers: '25',
    notificationLevel: 'parent',
    parentWorkspaceId: CHANNEL,
    adminEmails: '',
    workspaceCreationTime: '1641009600000',
    subscriptionType: 'initial',
  },
});
const first = workspaceCreated('12345', 'workspace123', 'company1');
const second = workspaceCreated('12346', 'workspace124', 'company2');

async function publish(api: Api, event: typeof first) {
  return api.call<Published>({ method: 'POST', path: '/events', body: event, expected: 202 });
}

async function publishAndReceive({ api, narrator, healthy }: Scene): Promise<void> {
  narrator.step('Publish a platform event, workspace-created, for a child of the channel: POST /events');
  const { items } = await publish(api, first);
  narrator.check(isDeepStrictEqual(items, [{ id: first.id, status: 'accepted' }]), '202, accepted and on disk', items);

  const alert = await until('the alert', 5, () => healthy.of(first.type, first.id)[0]);
  checkSigned(narrator, alert, "the parent's webhook received the alert");
  narrator.check(isDeepStrictEqual(alert.envelope, first), 'its body is the event, times as strings', alert.envelope);
  const { headers } = alert;
  narrator.check(
    headers['authorization'] === 'Bearer YOUR_ACCESS_TOKEN' && headers['x-coro-hook-type'] === first.type,
    'it has the configured Authorization header, and X-Coro-Hook-Type',
    headers,
  );
}

function checkSigned(narrator: Narrator, alert: Alert, what: string): void {
  const { envelope, headers } = alert;
  narrator.check(headers['x-coro-hook-id'] === envelope.id, `${what}: ${envelope.type} ${envelope.id}`, headers);
  const standard = verifyStandardWebhook(alert, SECRET);
  narrator.check(standard.valid, 'the standardwebhooks library verifies it', standard.reason);
  const hook = verifyHookSignature(alert, SECRET, PREFIX);
  narrator.check(hook.valid, 'X-Coro-Signature is the HMAC-SHA256 of its hook id', hook.reason);
}

async function publishAgain({ api, narrator }: Scene): Promise<void> {
  narrator.step('Publish the same event again, as a publisher that lost the answer would');
  const { items } = await publish(api, first);
  narrator.check(items[0]?.status === 'duplicate', '202, recognised as a duplicate', items);
}

async function createFailingWebhook({ api, narrator, failing }: Scene): Promise<Webhook> {
  narrator.step('Create a second webhook, whose receiver answers 500 to everything');
  const webhook = await createdFrom(api, webhookBody('Broken receiver', failing.url));
  narrator.saw(`201, webhook ${webhook.id}`);
  await until('the test alert', 5, () => failing.of('test')[0]);
  narrator.saw('its test alert failed; a test is sent once and counts for nothing');
  return webhook;
}

async function exhaust({ api, narrator, healthy, failing, schedule }: Scene, broken: Webhook, intact: Webhook) {
  narrator.step(`Publish another event, and watch the failing webhook try ${schedule.length} times`);
  await publish(api, second);
  await until('the alert at the healthy receiver', 5, () => healthy.of(second.type, second.id)[0]);
  narrator.saw('the healthy receiver has it at once');
  const firsts = healthy.of(first.type, first.id).length;
  narrator.check(firsts === 1, 'and the duplicate of before caused no second alert', firsts);

  for (let n = 1; n <= schedule.length; n++) {
    const attempt = await until(`attempt ${n}`, (schedule[n - 1] ?? 0) + 5, () => failing.of(second.type)[n - 1]);
    narrator.saw(`attempt ${n}, hook id ${attempt.headers['x-coro-hook-id']}${waited(failing.of(second.type), n - 1)}`);
  }
  const attempts = failing.of(second.type);
  const ids = new Set(attempts.map(({ headers }) => headers['x-coro-hook-id']));
  narrator.check(isDeepStrictEqual([...ids], [second.id]), 'every attempt has the same hook id', [...ids]);
  const waits = attempts.slice(1).map((_, i) => waitBefore(attempts, i + 1));
  const grew = waits.every((wait, i) => wait >= (schedule[i + 1] ?? 0) * 0.98 && wait > (waits[i - 1] ?? 0));
  narrator.check(grew, 'every wait is longer than the one before', waits);

  const path = `/settings/webhooks/${broken.id}`;
  await until('the failing webhook as disabled', 5, async () => {
    const { status } = await api.call<Webhook>({ method: 'GET', path, workspace: CHANNEL, expected: 200 });
    return status === 'disabled' ? status : undefined;
  });
  narrator.saw('the webhook is disabled');
  const other = { method: 'GET', path: `/settings/webhooks/${intact.id}`, workspace: CHANNEL, expected: 200 } as const;
  const { status } = await api.call<Webhook>(other);
  narrator.check(status === 'enabled', 'the other one is not', status);

  await checkDelivery(api, narrator, broken, schedule.length);
  const total = failing.of(second.type).length;
  narrator.check(total === schedule.length, 'and nothing more was sent', total);
}

const waitBefore = (alerts: readonly Alert[], n: number): number =>
  ((alerts[n]?.at.getTime() ?? 0) - (alerts[n - 1]?.at.getTime() ?? 0)) / 1000;
const waited = (alerts: readonly Alert[], n: number): string =>
  n === 0 ? '' : `, ${waitBefore(alerts, n).toFixed(1)} s after the one before`;

async function checkDelivery(api: Api, narrator: Narrator, broken: Webhook, attempts: number): Promise<void> {
  const query = { webhook: broken.id };
  const exhausted = await until('the exhausted delivery', 5, async () => {
    const list = await api.call<List<Delivery>>({ method: 'GET', path: '/deliveries', query, expected: 200 });
    return list.items.find(({ status }) => status === 'exhausted');
  });
  const delivery = await api.call<Delivery>({ method: 'GET', path: `/deliveries/${exhausted.id}`, expected: 200 });
  const codes = delivery.attempts.map(({ statusCode }) => statusCode);
  narrator.check(
    codes.length === attempts && codes.every((code) => code === 500),
    `GET /deliveries shows it as exhausted, with its ${attempts} attempts`,
    codes,
  );
}

async function readActivity({ api, narrator }: Scene, broken: Webhook): Promise<void> {
  narrator.step(`Read what the activity log remembers of it: GET /activity?webhook=${broken.id}`);
  const query = { webhook: broken.id };
  const items = await until('a webhook-disabled entry', 5, async () => {
    const list = await api.call<List<ActivityItem>>({ method: 'GET', path: '/activity', query, expected: 200 });
    return list.items.some(({ kind }) => kind === 'webhook-disabled') ? list.items : undefined;
  });
  narrator.saw('that the webhook was disabled, and why:');
  for (const line of activityTable(items)) console.log(`     ${line}`);
}
