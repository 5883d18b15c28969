import type { AxiosInstance } from 'axios';
import { SCOPES } from '../../libs/modules/identity/scopes.ts';
import { parkedIdOf } from '../../libs/modules/delivery/parked-event/parked-event-id.ts';
import { ParkedEvents } from '../../libs/modules/delivery/parked-event/parked-events.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { createWebhook, event, publish } from '../support/api.ts';
import type { Installation } from '../support/installation.ts';
import type { Alert, Answer, Receiver } from '../support/receiver.ts';

/** A workspace with something of everything, in which every text that is nobody else's business contains the marker. */
export type Place = {
  readonly marker: string;
  readonly workspaceId: string;
  /** All scopes, on this workspace. */
  readonly api: AxiosInstance;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly adminEmail: string;
  /** Enabled, for all descendants, and with a draft. */
  readonly webhookId: string;
  /** Disabled, because its receiver said 410; it holds a delivery. */
  readonly goneWebhookId: string;
  /** What the location dialect knows the workspace by, and a third webhook, made in it. */
  readonly businessId: string;
  readonly webhookNumber: string;
  readonly locationWebhookId: string;
  readonly eventId: string;
  readonly succeededId: string;
  readonly heldId: string;
  /** Of the enabled webhook, finished. */
  readonly redeliveryId: string;
  /** An event of the platform's streams that was not taken in. */
  readonly parkedId: string;
  /** To its own admin, that the version of its webhooks expires. */
  readonly noticeId: string;
  /** Pending. */
  readonly notificationId: string;
  /** Invited, with a mail that is in the outbox. */
  readonly userId: string;
  readonly mailId: string;
  /** Of a console link that was opened, and what it opened: the session of an owner. */
  readonly linkId: string;
  readonly session: AxiosInstance;
};
/** A workspace that waits for its webhooks to expire. */
export type Founded = Pick<
  Place,
  | 'marker'
  | 'workspaceId'
  | 'clientId'
  | 'clientSecret'
  | 'adminEmail'
  | 'webhookId'
  | 'goneWebhookId'
  | 'businessId'
  | 'webhookNumber'
  | 'locationWebhookId'
>;

/** Echoes the path, so that the stored answers are marked too; 410 where the path says so. */
export const echo = ({ path }: Alert): Answer => ({ status: path.includes('gone') ? 410 : 200, body: `echo ${path}` });

/** Its webhooks are on the first version, to which another one has to be there. */
export async function found(
  { api: root }: Installation,
  receiver: Receiver,
  { workspaceId, parent, marker }: { workspaceId: string; parent: string; marker: string },
): Promise<Founded> {
  const adminEmail = `admin@${marker}.example`;
  const workspace = await made(root, '/workspaces', {
    id: workspaceId,
    parentWorkspaceId: parent,
    type: 'channel',
    companyName: `${marker} company`,
    displayName: `${marker} display`,
    domain: `${marker}.example`,
    adminEmails: adminEmail,
    notificationLevel: 'all',
  });
  const client = await made(root, '/api-clients', { name: `${marker} client`, workspaceId, scopes: SCOPES });
  const { clientId, clientSecret } = client as { clientId: string; clientSecret: string };
  const marked = (kind: string) => ({
    name: `${marker} ${kind}`,
    description: `${marker} ${kind} description`,
    secret: `${marker} ${kind} secret`,
    headers: { 'X-Note': `${marker} ${kind} header` },
  });
  const webhook = { ...marked('webhook'), triggers: ['workspace-created'], version: FIRST_VERSION };
  const webhookId = await createWebhook(root, workspaceId, `${receiver.url}/${marker}/taken`, webhook);
  const gone = { ...webhook, applyToAllDescendants: false };
  const goneWebhookId = await createWebhook(root, workspaceId, `${receiver.url}/${marker}/gone`, gone);
  const draft = { ...marked('draft'), url: `${receiver.url}/${marker}/draft` };
  const inside = { headers: { Workspace: workspaceId } };
  const { status } = await root.put(`/settings/webhooks/${webhookId}/draft`, draft, inside);
  if (status !== 200) throw new Error(`PUT /settings/webhooks/{id}/draft answered ${status}`);
  const { businessId } = workspace as { businessId: number };
  const record = {
    BusinessId: businessId,
    Name: `${marker} record`,
    Action: 6,
    Description: `${marker} record description`,
  };
  const answer = await root.post('/api/sys/webhooks', { ...record, URL: `${receiver.url}/${marker}/record` });
  if (answer.status !== 200) throw new Error(`POST /api/sys/webhooks answered ${answer.status}`);
  const number: number = answer.data.Value.Id;
  const { data: listed } = await root.get<{ items: { id: string; number: number }[] }>('/settings/webhooks', inside);
  const locationWebhookId = listed.items.find((webhook) => webhook.number === number)?.id ?? '';
  const numbers = { businessId: String(businessId), webhookNumber: String(number), locationWebhookId };
  return { marker, workspaceId, clientId, clientSecret, adminEmail, webhookId, goneWebhookId, ...numbers };
}

/** In the last week of the first version. */
export async function markedPlace(installation: Installation, founded: Founded): Promise<Place> {
  const { api: root } = installation;
  const { marker, workspaceId, clientId, clientSecret, webhookId, goneWebhookId } = founded;
  const eventId = `${workspaceId}-event`;
  const data = { companyName: `${marker} payload`, displayName: `${marker} payload`, type: 'child' };
  await publish(root, event(workspaceId, { id: eventId, data }));
  await installation.settled();
  const deliveryTo = async (webhook: string) => {
    const { data: page } = await root.get(`/deliveries?event=${eventId}&webhook=${webhook}`);
    return page.items[0] as { id: string; status: string };
  };
  const [succeeded, held] = [await deliveryTo(webhookId), await deliveryTo(goneWebhookId)];
  if (succeeded.status !== 'succeeded' || held.status !== 'held') {
    throw new Error(`The deliveries of ${workspaceId} are ${succeeded.status} and ${held.status}.`);
  }
  const asked = await root.post('/redeliveries', { webhookId, what: 'not-delivered' });
  if (asked.status !== 202) throw new Error(`POST /redeliveries answered ${asked.status}`);
  await installation.settled();
  return {
    ...{ ...founded, eventId, succeededId: succeeded.id, heldId: held.id, redeliveryId: asked.data.id },
    parkedId: await parkedIn(installation, workspaceId, marker),
    noticeId: await toldTo(founded, root, '/notices'),
    notificationId: await toldTo(founded, root, '/notifications'),
    api: await installation.as(clientId, clientSecret),
    ...(await invitedTo(installation, founded)),
    ...(await linkedTo(installation, founded)),
  };
}

async function invitedTo(installation: Installation, { workspaceId, marker }: Founded) {
  const email = `user@${marker}.example`;
  const invited = { email, name: `${marker} user`, role: 'viewer', workspaceId };
  const { id: userId } = (await made(installation.api, '/users', invited)) as { id: string };
  await installation.settled();
  const { data } = await installation.api.get<{ items: { id: string; to: string }[] }>('/mails?limit=200');
  const mail = data.items.find(({ to }) => to === email.toLowerCase());
  if (!mail) throw new Error(`There is no mail to ${email}, but ${JSON.stringify(data)}`);
  return { userId, mailId: mail.id };
}

async function linkedTo(installation: Installation, { workspaceId, marker }: Founded) {
  const wanted = { role: 'owner', label: `${marker} link` };
  const link = await made(installation.api, `/workspaces/${workspaceId}/console-links`, wanted);
  const { id: linkId, url } = link as { id: string; url: string };
  const token = new URL(url).hash.slice(1);
  const session = installation.inSession(await installation.anonymous().post('/session/link', { token }));
  return { linkId, session };
}

/** The id of what its own admin was told of its webhooks, once. */
async function toldTo({ workspaceId, adminEmail, marker }: Founded, root: AxiosInstance, path: string) {
  type Told = { id: string; workspaceId: string; webhooks: { name: string }[] };
  const inside = { headers: { Workspace: workspaceId } };
  const { data } = await root.get<{ items: (Told & { address?: string; user?: string })[] }>(path, inside);
  const [told, ...others] = data.items.filter(({ address, user }) => (address ?? user) === adminEmail);
  const names = told?.webhooks.map(({ name }) => name) ?? [];
  if (!told || others.length > 0 || !names.includes(`${marker} webhook`)) {
    throw new Error(`GET ${path} for ${workspaceId} has ${JSON.stringify(data.items)}`);
  }
  return told.id;
}

async function parkedIn(installation: Installation, workspaceId: string, marker: string): Promise<string> {
  const message = { stream: `${marker}-stream`, revision: 0, type: `${marker} type`, id: `${marker}-uuid` };
  const metadata = { workspaceId, id: `${marker}-id` };
  const errors = [{ field: `data.${marker}`, message: 'is required' }];
  await installation.server.app
    .get(ParkedEvents)
    .park(
      { ...message, data: {}, metadata, createdAt: 0 },
      { reason: 'invalid', errors },
      { at: installation.clock.now(), actor: 'ingestion', traceId: 'trace' },
    );
  await installation.settled();
  return parkedIdOf(message);
}

async function made(api: AxiosInstance, path: string, body: object): Promise<unknown> {
  const { status, data } = await api.post<unknown>(path, body);
  if (status !== 201) throw new Error(`POST ${path} answered ${status}: ${JSON.stringify(data)}`);
  return data;
}

/** What nobody beyond reach may see of a place: its texts, and the ids they did not already name themselves. */
export function seenOf(place: Place, answer: { data: unknown; headers: object }, named: string = ''): string[] {
  const text = JSON.stringify([answer.data, answer.headers]);
  const { clientId, webhookId, goneWebhookId, eventId, succeededId, heldId, redeliveryId, parkedId } = place;
  const { noticeId, notificationId, businessId, webhookNumber, locationWebhookId, userId, linkId } = place;
  const webhooks = [webhookId, goneWebhookId, locationWebhookId, noticeId, notificationId, userId, linkId];
  const all = [clientId, businessId, webhookNumber, ...webhooks, eventId, succeededId, heldId, redeliveryId, parkedId];
  const ids = all.filter((id) => !named.includes(id));
  return [place.marker, ...ids].filter((secret) => text.toLowerCase().includes(secret.toLowerCase()));
}

/** All items of a list, over all its pages. */
export async function everyItem(api: AxiosInstance, path: string, workspaceId?: string): Promise<object[]> {
  const items: object[] = [];
  let cursor = '';
  do {
    const { status, data } = await api.get(path, {
      params: { limit: 3, ...(cursor ? { cursor } : {}) },
      headers: workspaceId ? { Workspace: workspaceId } : {},
    });
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(data)}`);
    items.push(...(data.items as object[]));
    cursor = (data.nextCursor as string | null) ?? '';
  } while (cursor !== '');
  return items;
}
