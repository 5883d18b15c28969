import { notFound } from '../../../platform/kernel/index.ts';
import { ifThere, of, refuseUnlessLive, type Versions } from './webhook-guards.ts';
import { headersKept, inFull, isSame, secretKept, settingsOf, type Settings } from './webhook-settings.ts';
import { isUntouched, previousWith, type Draft, type Webhook } from './webhook-state.ts';
import type { ChangeDraft, CreateDraft, TestDraft } from './webhook.commands.ts';
import type { DraftChanges, DraftDiscarded, WebhookEvent } from './webhook.events.ts';

export function createDraft(data: CreateDraft['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const webhook = ifThere(state, data.workspaceId);
  if (!webhook || webhook.version !== data.of || data.target === data.of) return [];
  const { draft, discardedFor } = webhook;
  if (draft?.target === data.target || discardedFor.includes(data.of)) return [];
  const { target } = data;
  const created: WebhookEvent = { type: 'DraftCreated', data: { ...of(webhook), target, of: data.of, by: 'calendar' } };
  return draft === null || isUntouched(draft)
    ? [created]
    : [created, { type: 'DraftChanged', data: { ...of(webhook), target, changes: draft.changes } }];
}

export function changeDraft(data: ChangeDraft['data'], webhook: Webhook): readonly WebhookEvent[] {
  const { draft, version } = webhook;
  const kept = draft && !data.withdrawn?.has(draft.target) ? draft.target : undefined;
  const target = data.target ?? kept ?? data.live[0] ?? version;
  refuseUnlessLive(target, data);
  const changes = changesTo(webhook, data.changes);
  const before = draft ?? { target, changes: {} };
  const created: readonly WebhookEvent[] = draft
    ? []
    : [{ type: 'DraftCreated', data: { ...of(webhook), target, of: version, by: 'admin' } }];
  return before.target === target && isSame(before.changes, changes)
    ? created
    : [...created, { type: 'DraftChanged', data: { ...of(webhook), target, changes } }];
}

export function testDraft(data: TestDraft['data'], webhook: Webhook): readonly WebhookEvent[] {
  const { testId } = data;
  const { version, url, secret, previousSecret, headers } = published(webhook, liveDraft(webhook, data));
  const target = { url, secret, ...(previousSecret && { previousSecret }), headers };
  return [{ type: 'TestRequested', data: { ...of(webhook), testId, version, target } }];
}

export function publishDraft(versions: Versions, webhook: Webhook): readonly WebhookEvent[] {
  const draft = liveDraft(webhook, versions);
  const after = published(webhook, draft);
  const settings = settingsOf(after);
  const { version } = after;
  const done: WebhookEvent = { type: 'DraftPublished', data: { ...of(webhook), target: draft.target } };
  return version === webhook.version && isSame(settings, settingsOf(webhook))
    ? [done]
    : [done, { type: 'WebhookChanged', data: { ...of(webhook), ...settings, version } }];
}

export function discardDraft(webhook: Webhook): DraftDiscarded {
  const { target, of: made } = draftOf(webhook);
  return { type: 'DraftDiscarded', data: { ...of(webhook), target, of: made } };
}

/** The webhook as it would be after its draft was published; on, or off, as it is. */
export const published = (webhook: Webhook, { target, changes }: Draft): Webhook => ({
  ...webhook,
  ...changes,
  previousSecret: previousWith(changes.secret ?? webhook.secret, webhook),
  delivery: changes.delivery ? inFull(changes.delivery) : webhook.delivery,
  version: target,
  draft: null,
});

function draftOf({ draft }: Webhook): Draft {
  if (draft === null) throw notFound('The draft');
  return draft;
}

function liveDraft(webhook: Webhook, versions: Versions): Draft {
  const draft = draftOf(webhook);
  refuseUnlessLive(draft.target, versions);
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
    secret: secretKept(secret, webhook),
    headers: headers ? headersKept(headers, before.headers) : before.headers,
    triggers: given.triggers ?? before.triggers,
    delivery: given.delivery ?? before.delivery,
  });
  const fields = Object.entries(after).filter(([field, value]) => !isSame(value, before[field as keyof Settings]));
  return Object.fromEntries(fields);
}
