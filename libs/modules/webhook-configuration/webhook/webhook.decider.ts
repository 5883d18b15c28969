import { conflict, invalid, type Decider } from '../../../platform/kernel/index.ts';
import { changeDraft, createDraft, discardDraft, publishDraft, testDraft } from './webhook-drafts.ts';
import {
  existing,
  ifThere,
  of,
  refuseEnablingOn,
  refuseSeveralTriggers,
  refuseUndecided,
  refuseUnlessLive,
  type Versions,
} from './webhook-guards.ts';
import { headersKept, inFull, isSame, secretKept, settingsOf } from './webhook-settings.ts';
import { evolve, type Webhook } from './webhook-state.ts';
import type {
  CreateWebhook,
  DisableWebhook,
  EditWebhook,
  EnableWebhook,
  NumberWebhook,
  ReplaceWebhook,
  ReportBacklog,
  RotateWebhookSecret,
  WebhookCommand,
} from './webhook.commands.ts';
import type { DisabledBy, HeldCancelled, WebhookDisabled, WebhookEnabled, WebhookEvent } from './webhook.events.ts';

export const webhook: Decider<Webhook | undefined, WebhookCommand, WebhookEvent> = {
  category: 'webhook',
  initialState: () => undefined,
  evolve,
  decide,
};

function decide(command: WebhookCommand, state: Webhook | undefined): readonly WebhookEvent[] {
  switch (command.type) {
    case 'CreateWebhook':
      return create(command.data, state);
    case 'ReplaceWebhook':
      return replace(command.data, existing(state, command.data.workspaceId));
    case 'RotateWebhookSecret':
      return rotate(command, existing(state, command.data.workspaceId));
    case 'EditWebhook':
      return edit(command.data, existing(state, command.data.workspaceId));
    case 'NumberWebhook':
      return number(command.data, state);
    case 'RemoveWebhook':
      return [{ type: 'WebhookRemoved', data: of(existing(state, command.data.workspaceId)) }];
    case 'EnableWebhook':
      return enable(command.data, existing(state, command.data.workspaceId));
    case 'DisableWebhook':
      return disable(command.data, state);
    case 'RequestTest': {
      const target = existing(state, command.data.workspaceId);
      const { testId } = command.data;
      return [{ type: 'TestRequested', data: { ...of(target), testId, version: target.version } }];
    }
    case 'CancelHeld':
      return cancelHeld(existing(state, command.data.workspaceId));
    case 'ReportBacklog':
      return reportBacklog(command.data, state);
    case 'CreateDraft':
      return createDraft(command.data, state);
    case 'ChangeDraft':
      return changeDraft(command.data, existing(state, command.data.workspaceId));
    case 'TestDraft':
      return testDraft(command.data, existing(state, command.data.workspaceId));
    case 'PublishDraft':
      return publishDraft(command.data, existing(state, command.data.workspaceId));
    case 'DiscardDraft':
      return [discardDraft(existing(state, command.data.workspaceId))];
  }
}

/** @throws {Error} for a secret in the location dialect, or none in the other: what would sign its alerts? */
function create(
  { live, withdrawn, dialect = 'workspace', testId, ...data }: CreateWebhook['data'],
  state: Webhook | undefined,
): readonly WebhookEvent[] {
  if ((data.secret === null) !== (dialect === 'location')) throw new Error(`Not the secret of the ${dialect} dialect.`);
  if (state) throw conflict('A webhook with this id exists.');
  refuseUnlessLive(data.version, { live, withdrawn });
  const epoch = data.status === 'enabled' ? 0 : 1;
  const sometimes = { ...(dialect === 'workspace' ? {} : { dialect }), ...(testId === undefined ? {} : { testId }) };
  return [{ type: 'WebhookCreated', data: { ...data, ...sometimes, delivery: inFull(data.delivery), epoch } }];
}

function replace(data: ReplaceWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { name, description, applyToAllDescendants, url, triggers, status, version = target.version } = data;
  const secret = secretKept(data.secret, target);
  const headers = headersKept(data.headers, target.headers);
  const delivery = inFull(data.delivery ?? target.delivery);
  const settings = { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery };
  return changed(target, { ...target, ...settings, version, status }, data);
}

function rotate({ data, metadata }: RotateWebhookSecret, target: Webhook): readonly WebhookEvent[] {
  const { secret, overlapSeconds } = data;
  if (target.secret === null) {
    throw conflict('The webhook has no secret of its own: that of its location signs, and is rotated there.');
  }
  if (secret === target.secret) return [];
  const overlap = { previous: target.secret, previousUntil: metadata.at + overlapSeconds * 1_000 };
  return [{ type: 'WebhookSecretRotated', data: { ...of(target), secret, ...(overlapSeconds > 0 ? overlap : {}) } }];
}

function edit(data: EditWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  refuseSeveralTriggers(target);
  const { name = target.name, description = target.description, url = target.url, status = target.status } = data;
  return changed(target, { ...target, name, description, url, triggers: [data.trigger], status }, data);
}

/** What makes the webhook another one, as far as settings, version and status go. */
function changed(before: Webhook, after: Webhook, versions: Versions): readonly WebhookEvent[] {
  const { version, status } = after;
  const isMoved = version !== before.version;
  if (isMoved) refuseUnlessLive(version, versions);
  const settings = settingsOf(after);
  const events: readonly WebhookEvent[] =
    isMoved || !isSame(settings, settingsOf(before))
      ? [{ type: 'WebhookChanged', data: { ...of(before), ...settings, version } }]
      : [];
  if (status === before.status) return events;
  if (status === 'disabled') return [...events, disabled(before, { by: 'admin' })];
  refuseEnablingOn(version, versions);
  if (settings.delivery.strictOrder) refuseUndecided(before);
  return [...events, enabled(before)];
}

function number(data: NumberWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  if (state === undefined || state.removed || state.number !== null) return [];
  return [{ type: 'WebhookNumbered', data: { ...of(state), businessId: data.businessId, number: data.number } }];
}

function enable(data: EnableWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { held } = data;
  const { strictOrder } = target.delivery;
  if (held === 'release' && !strictOrder) {
    throw invalid(
      'held',
      'is for strictly ordered webhooks; enable this one, and release what it holds with release-held',
    );
  }
  if (target.status === 'enabled') return held === 'cancel' ? cancelHeld(target) : [];
  refuseEnablingOn(target.version, data);
  if (held === 'cancel') return [...cancelled(target, target.epoch, target.epoch), enabled(target)];
  if (held === undefined && strictOrder) refuseUndecided(target);
  return [enabled(target, held)];
}

function disable(data: DisableWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const { workspaceId, epoch, ...why } = data;
  if (why.by !== 'admin' && (state === undefined || state.removed)) return [];
  const target = existing(state, workspaceId);
  if (epoch !== undefined && epoch !== target.epoch) return [];
  if (why.by === 'exhausted' && target.delivery.onExhausted === 'continue') return [];
  if (why.version !== undefined && why.version !== target.version) return [];
  if (target.status === 'enabled') return [disabled(target, why)];
  return takesOver(why.by, target.disabledBy) ? [disabled(target, why, target.epoch)] : [];
}

/**
 * From here on it is off by a decision, the admin's or the calendar's: it is no longer matched, but what it holds stays held. The
 * calendar's is the stronger one, since a webhook on an expired version is not enabled.
 */
function takesOver(by: DisabledBy, before: DisabledBy | null): boolean {
  if (by === 'expired') return before !== 'expired';
  return by === 'admin' && before !== 'admin' && before !== 'expired';
}

/** While it is disabled everything unfinished is held. */
function cancelHeld(target: Webhook): readonly WebhookEvent[] {
  return target.status === 'enabled'
    ? cancelled(target, target.pendingFrom - 1, target.epoch)
    : cancelled(target, target.epoch, target.epoch + 2);
}

function reportBacklog(data: ReportBacklog['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const target = ifThere(state, data.workspaceId);
  if (!target || target.backlogFull === data.full) return [];
  return data.full
    ? [{ type: 'BacklogFilled', data: { ...of(target), limit: data.limit } }]
    : [{ type: 'BacklogCleared', data: of(target) }];
}

const enabled = (target: Webhook, held?: 'release'): WebhookEnabled => ({
  type: 'WebhookEnabled',
  data: { ...of(target), epoch: target.epoch + 1, ...(held === undefined ? {} : { held }) },
});

const cancelled = (target: Webhook, upTo: number, epoch: number): readonly HeldCancelled[] =>
  upTo <= target.nothingHeldUpTo ? [] : [{ type: 'HeldCancelled', data: { ...of(target), upTo, epoch } }];

type Why = Pick<WebhookDisabled['data'], 'by' | 'deliveryId' | 'lastError' | 'version'>;

const disabled = (target: Webhook, why: Why, epoch = target.epoch + 1): WebhookDisabled => {
  const { by, deliveryId, lastError, version } = why;
  const known = Object.entries({ deliveryId, lastError, version }).filter(([, value]) => value !== undefined);
  return { type: 'WebhookDisabled', data: { ...of(target), by, epoch, ...Object.fromEntries(known) } };
};
