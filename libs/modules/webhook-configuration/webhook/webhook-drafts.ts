import { notFound } from '../../../platform/kernel/index.ts';
import { ifThere, of, refuseUnlessLive } from './webhook-guards.ts';
import { headersKept, inFull, isSame, settingsOf, type Settings } from './webhook-settings.ts';
import type { Draft, Webhook } from './webhook-state.ts';
import type { ChangeDraft, CreateDraft, TestDraft } from './webhook.commands.ts';
import type { DraftChanges, DraftDiscarded, WebhookEvent } from './webhook.events.ts';

export function createDraft(data: CreateDraft['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const webhook = ifThere(state, data.workspaceId);
  if (!webhook || webhook.draft || webhook.version !== data.of || data.target === data.of) return [];
  if (webhook.discardedFor.includes(data.of)) return [];
  return [{ type: 'DraftCreated', data: { ...of(webhook), target: data.target, of: data.of, by: 'calendar' } }];
}

export function changeDraft({ live, ...data }: ChangeDraft['data'], webhook: Webhook): readonly WebhookEvent[] {
  const { draft, version } = webhook;
  const target = data.target ?? draft?.target ?? live[0] ?? version;
  refuseUnlessLive(target, live);
  const changes = changesTo(webhook, data.changes);
  const before = draft ?? { target, changes: {} };
  const created: readonly WebhookEvent[] = draft
    ? []
    : [{ type: 'DraftCreated', data: { ...of(webhook), target, of: version, by: 'admin' } }];
  return before.target === target && isSame(before.changes, changes)
    ? created
    : [...created, { type: 'DraftChanged', data: { ...of(webhook), target, changes } }];
}

export function testDraft({ live, testId }: TestDraft['data'], webhook: Webhook): readonly WebhookEvent[] {
  const { version, url, secret, headers } = published(webhook, liveDraft(webhook, live));
  return [{ type: 'TestRequested', data: { ...of(webhook), testId, version, target: { url, secret, headers } } }];
}

export function publishDraft(live: readonly string[], webhook: Webhook): readonly WebhookEvent[] {
  const draft = liveDraft(webhook, live);
  const after = published(webhook, draft);
  const settings = settingsOf(after);
  const { version } = after;
  const done: WebhookEvent = { type: 'DraftPublished', data: { ...of(webhook), target: draft.target } };
  return version === webhook.version && isSame(settings, settingsOf(webhook))
    ? [done]
    : [done, { type: 'WebhookChanged', data: { ...of(webhook), ...settings, version } }];
}

export function discardDraft(webhook: Webhook): DraftDiscarded {
  const { target } = draftOf(webhook);
  return { type: 'DraftDiscarded', data: { ...of(webhook), target, of: webhook.version } };
}

/** A draft that is nothing but a move has no purpose once the webhook was moved there without it. */
export const isDoneBy = ({ draft }: Webhook, version: string): boolean =>
  draft !== null && draft.target === version && Object.keys(draft.changes).length === 0;

/** The webhook as it would be after its draft was published; on, or off, as it is. */
export const published = (webhook: Webhook, { target, changes }: Draft): Webhook => ({
  ...webhook,
  ...changes,
  delivery: changes.delivery ? inFull(changes.delivery) : webhook.delivery,
  version: target,
  draft: null,
});

function draftOf({ draft }: Webhook): Draft {
  if (draft === null) throw notFound('The draft');
  return draft;
}

function liveDraft(webhook: Webhook, live: readonly string[]): Draft {
  const draft = draftOf(webhook);
  refuseUnlessLive(draft.target, live);
  return draft;
}

/** Of the fields that are given, those that differ from the webhook's. */
function changesTo(webhook: Webhook, { secret, headers, ...given }: ChangeDraft['data']['changes']): DraftChanges {
  const before = settingsOf(webhook);
  const after: Settings = settingsOf({
    name: given.name ?? before.name,
    description: given.description ?? before.description,
    applyToAllDescendants: given.applyToAllDescendants ?? before.applyToAllDescendants,
    url: given.url ?? before.url,
    secret: secret ?? before.secret,
    headers: headers ? headersKept(headers, before.headers) : before.headers,
    triggers: given.triggers ?? before.triggers,
    delivery: given.delivery ?? before.delivery,
  });
  const fields = Object.entries(after).filter(([field, value]) => !isSame(value, before[field as keyof Settings]));
  return Object.fromEntries(fields);
}
