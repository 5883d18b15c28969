import { conflict, invalid, type Decider } from '../../../platform/kernel/index.ts';
import { changeDraft, createDraft, discardDraft, publishDraft, testDraft } from './webhook-drafts.ts';
import { existing, ifThere, of, refuseEnablingOn, refuseUndecided, refuseUnlessLive } from './webhook-guards.ts';
import { headersKept, inFull, isSame, settingsOf } from './webhook-settings.ts';
import { evolve, type Webhook } from './webhook-state.ts';
import type {
  CreateWebhook,
  DisableWebhook,
  EnableWebhook,
  ReplaceWebhook,
  ReportBacklog,
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

function create(
  { live, withdrawn, ...data }: CreateWebhook['data'],
  state: Webhook | undefined,
): readonly WebhookEvent[] {
  if (state) throw conflict('A webhook with this id exists.');
  refuseUnlessLive(data.version, { live, withdrawn });
  const epoch = data.status === 'enabled' ? 0 : 1;
  return [{ type: 'WebhookCreated', data: { ...data, delivery: inFull(data.delivery), epoch } }];
}

function replace(data: ReplaceWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { name, description, applyToAllDescendants, url, triggers } = data;
  const version = data.version ?? target.version;
  const isMoved = version !== target.version;
  if (isMoved) refuseUnlessLive(version, data);
  const secret = data.secret ?? target.secret;
  const headers = headersKept(data.headers, target.headers);
  const delivery = inFull(data.delivery ?? target.delivery);
  const settings = { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery };
  const changed: readonly WebhookEvent[] =
    isMoved || !isSame(settings, settingsOf(target))
      ? [{ type: 'WebhookChanged', data: { ...of(target), ...settings, version } }]
      : [];
  if (data.status === target.status) return changed;
  if (data.status === 'disabled') return [...changed, disabled(target, { by: 'admin' })];
  refuseEnablingOn(version, data);
  if (delivery.strictOrder) refuseUndecided(target);
  return [...changed, enabled(target)];
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
