import type { AxiosInstance } from 'axios';
import { seedTriggers } from '../../libs/modules/webhook-configuration/trigger/seed-triggers.ts';
import type { Shown } from './pages.ts';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';

/** A server whose clock is moved by hand, and a receiver that answers by path: see `answerOf`. */
export type Place = {
  readonly api: AxiosInstance;
  readonly now: number;
  readonly receiver: string;
  moveTo: (instant: number) => Promise<void>;
};

type Moved = {
  readonly api: AxiosInstance;
  readonly installation: { readonly clock: { now: () => number } };
  readonly receiver: { readonly url: string };
  pass: (milliseconds: number) => Promise<void>;
};
/** In the process of a test. */
export const placeIn = (world: Moved): Place => ({
  get api() {
    return world.api;
  },
  get now() {
    return world.installation.clock.now();
  },
  receiver: world.receiver.url,
  moveTo: (instant) => world.pass(Math.max(0, instant - world.installation.clock.now())),
});

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const [SECOND, THIRD] = releases;
const SECOND_RELEASED = 119 * DAY;
const THIRD_RELEASED = 273 * DAY;
/** Five days before the second version ends. */
const END = 452 * DAY + 4 * HOUR;

export const PASSWORD = 'correct horse battery';
export const OWNER = { email: 'ana.brandt@northwind.example', password: PASSWORD };

const WORKSPACES = [
  ['northwind', '', 'Northwind MSP', 'channel'],
  ['harbour', 'northwind', 'Harbour Logistics', 'child'],
  ['harbour-rail', 'harbour', 'Harbour Rail', 'child'],
  ['lakeside', 'northwind', 'Lakeside Clinics', 'child'],
  ['orchard', 'northwind', 'Orchard Foods', 'child'],
  ['kestrel', 'northwind', 'Kestrel Studio', 'child'],
] as const;

const USERS = [
  ['Ana Brandt', OWNER.email, 'owner'],
  ['Jonas Weber', 'jonas.weber@northwind.example', 'webhook-admin'],
  ['Priya Shah', 'priya.shah@northwind.example', 'viewer'],
] as const;

const ALL = seedTriggers.map(({ type }) => type).filter((type) => type !== 'test');

/** Name, path of the receiver, triggers, and when it was made, in days since the beginning. */
const WEBHOOKS = [
  ['Old feed', 'feed', ['workspace-created'], 0],
  ['Usage meter', 'meter', ALL, 130],
  ['Seat counter', 'seats', ['protected-users-count-updated', 'protected-devices-count-updated'], 160],
  ['Billing sync', 'billing', ['workspace-created', 'subscription-updated', 'workspace-status-updated'], 300],
  ['CRM bridge', 'crm', ['workspace-created', 'workspace-status-updated'], 310],
  ['Device inventory', 'devices', ALL.filter((type) => type.includes('devices')), 320],
  ['Audit archive', 'audit', ALL, 330],
  ['Onboarding mails', 'onboarding', ['protected-users-added'], 340],
  ['Data warehouse', 'warehouse', ALL, 350],
] as const;

let asked = 0;
/** What the receivers of the story answer: some always, one never, one now and then. */
export function answerOf(path: string): { status: number; body: string; headers?: Record<string, string> } {
  const json = { 'Content-Type': 'application/json' };
  const number = ++asked;
  if (path.endsWith('/crm') || (path.endsWith('/meter') && number % 11 === 0)) {
    return {
      status: 503,
      body: '{"error":"upstream_unavailable","message":"The queue is full, try again later.","retryable":true}',
      headers: { ...json, 'Retry-After': '120' },
    };
  }
  if (path.endsWith('/warehouse') && number % 17 === 0) return { status: 404, body: 'No such table\n' };
  return { status: 200, body: `{"accepted":true,"reference":"in-${20_000 + number}"}`, headers: json };
}

/** Some months of a managed service provider: webhooks in every state, failing receivers, two releases, people. */
export async function fill(place: Place): Promise<Shown> {
  const begin = place.now;
  const ids = new Map<string, string>();
  for (const [id, parentWorkspaceId, displayName, type] of WORKSPACES)
    await ask(place, 'POST', '/workspaces', {
      body: {
        id,
        parentWorkspaceId,
        type,
        companyName: displayName,
        displayName,
        domain: `${id}.example`,
        adminEmails: type === 'channel' ? OWNER.email : '',
      },
    });
  await invite(place);
  await create(place, ids, WEBHOOKS.slice(0, 1));
  await place.moveTo(begin + SECOND_RELEASED);
  await ask(place, 'POST', '/versions', { body: SECOND });
  await makeUntil(place, ids, begin, THIRD_RELEASED);
  await place.moveTo(begin + THIRD_RELEASED);
  await ask(place, 'POST', '/versions', { body: THIRD });
  await makeUntil(place, ids, begin, END - 2 * DAY);
  await issueClients(place);
  await lastDays(place, ids, begin + END);
  const query = `webhook=${ids.get('CRM bridge')}&status=exhausted&limit=1`;
  const { items } = await ask<{ items: { id: string }[] }>(place, 'GET', `/deliveries?${query}`);
  return { ids, failed: items[0]?.id ?? '' };
}

async function makeUntil(place: Place, ids: Map<string, string>, begin: number, end: number): Promise<void> {
  for (const webhook of WEBHOOKS.filter(([name]) => !ids.has(name))) {
    const at = webhook[3] * DAY;
    if (at >= end) continue;
    await place.moveTo(begin + at);
    await create(place, ids, [webhook]);
  }
}

async function create(place: Place, ids: Map<string, string>, webhooks: (typeof WEBHOOKS)[number][]): Promise<void> {
  for (const [name, path, triggers] of webhooks) {
    const body = {
      name,
      description: `Keeps ${name.toLowerCase()} up to date`,
      url: `${place.receiver}/${path}`,
      secret: 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD',
      headers: { Authorization: 'Bearer 6a1f0c', 'X-Tenant': 'northwind' },
      triggers,
      applyToAllDescendants: true,
      status: 'enabled',
    };
    const { id } = await ask<{ id: string }>(place, 'POST', '/settings/webhooks', { body });
    ids.set(name, id);
  }
}

/** Deliveries of two days, the failures of one receiver, and what people did about the rest. */
async function lastDays(place: Place, ids: ReadonlyMap<string, string>, end: number): Promise<void> {
  let made = 0;
  for (let hour = 40; hour >= 0; hour--) {
    await place.moveTo(end - hour * HOUR - 11 * 60_000);
    const count = 4 + ((hour * 7) % 9);
    const events = Array.from({ length: count }, () => eventNumber(++made));
    await ask(place, 'POST', '/events', { body: events });
    await place.moveTo(place.now + 60_000);
  }
  const at = (name: string, path = '') => `/settings/webhooks/${ids.get(name)}${path}`;
  await ask(place, 'POST', at('Audit archive', '/disable'));
  await ask(place, 'POST', at('Data warehouse', '/rotate-secret'), { body: { overlapSeconds: 86_400 } });
  await ask(place, 'PUT', at('Usage meter', '/draft'), { body: { description: 'Meters by the new shapes' } });
  await place.moveTo(end);
}

function eventNumber(number: number): object {
  const type = ALL[(number * 5) % ALL.length] ?? '';
  const [workspaceId, , displayName] = WORKSPACES[1 + (number % (WORKSPACES.length - 1))] ?? WORKSPACES[1];
  const shape = THIRD?.triggers[type] ?? SECOND?.triggers[type] ?? seedTriggers.find((one) => one.type === type);
  const named = type.startsWith('workspace') ? { companyName: displayName, displayName } : {};
  return { id: `evt-${10_000 + number}`, type, workspaceId, data: { ...shape?.example, ...named } };
}

async function invite(place: Place): Promise<void> {
  for (const [name, email, role] of USERS) {
    await ask(place, 'POST', '/users', { body: { name, email, role, workspaceId: 'northwind' } });
    const token = await tokenMailedTo(place, email);
    await place.api.post('/password-links/redeem', { token, password: PASSWORD });
  }
  const body = {
    name: 'Lucia Rossi',
    email: 'lucia.rossi@northwind.example',
    role: 'viewer',
    workspaceId: 'northwind',
  };
  await ask(place, 'POST', '/users', { body });
}

async function tokenMailedTo(place: Place, email: string): Promise<string> {
  await place.moveTo(place.now + 1_000);
  const { items } = await ask<{ items: { id: string; to: unknown }[] }>(place, 'GET', '/mails');
  const mail = items.find(({ to }) => JSON.stringify(to).includes(email));
  const { text } = await ask<{ text: string }>(place, 'GET', `/mails/${mail?.id}`);
  const token = /\/console\/password#(\S+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`The mail to ${email} has no link.`);
  return token;
}

async function issueClients(place: Place): Promise<void> {
  for (const [name, scopes] of [
    ['Provisioning', ['events:publish', 'workspaces:read']],
    ['Support desk', ['webhooks:read', 'deliveries:read', 'activity:read']],
  ] as const)
    await ask(place, 'POST', '/api-clients', { body: { name, workspaceId: 'northwind', scopes } });
}

/** @throws {Error} if the answer is none of success. */
async function ask<T>(place: Place, method: string, url: string, { body }: { body?: object } = {}): Promise<T> {
  const headers = { Workspace: 'northwind' };
  const answer = await place.api.request<T>({ method, url, data: body, headers, validateStatus: () => true });
  if (answer.status < 300) return answer.data;
  throw new Error(`${method} ${url} answered ${answer.status}: ${JSON.stringify(answer.data)}`);
}
