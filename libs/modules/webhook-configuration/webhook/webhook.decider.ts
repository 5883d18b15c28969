import { conflict, invalid, notFound, type Decider, type Sealed } from '../../../platform/kernel/index.ts';
import { evolve, inFull, settingsOf, type Settings, type Webhook } from './webhook-state.ts';
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
      return [{ type: 'TestRequested', data: { ...of(target), testId: command.data.testId } }];
    }
    case 'CancelHeld':
      return cancelHeld(existing(state, command.data.workspaceId));
    case 'ReportBacklog':
      return reportBacklog(command.data, state);
  }
}

function create(data: CreateWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  if (state) throw conflict('A webhook with this id exists.');
  const epoch = data.status === 'enabled' ? 0 : 1;
  return [{ type: 'WebhookCreated', data: { ...data, delivery: inFull(data.delivery), epoch } }];
}

function replace(data: ReplaceWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { name, description, applyToAllDescendants, url, triggers } = data;
  const secret = data.secret ?? target.secret;
  const headers = headersKept(data.headers, target.headers);
  const delivery = inFull(data.delivery ?? target.delivery);
  const settings = { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery };
  const changed: WebhookEvent[] = isSame(settings, settingsOf(target))
    ? []
    : [{ type: 'WebhookChanged', data: { ...of(target), ...settings } }];
  if (data.status === target.status) return changed;
  if (data.status === 'enabled' && delivery.strictOrder) refuseUndecided(target);
  return [...changed, data.status === 'enabled' ? enabled(target) : disabled(target, { by: 'admin' })];
}

function enable({ held }: EnableWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { strictOrder } = target.delivery;
  if (held === 'release' && !strictOrder) {
    throw invalid(
      'held',
      'is for strictly ordered webhooks; enable this one, and release what it holds with release-held',
    );
  }
  if (target.status === 'enabled') return held === 'cancel' ? cancelHeld(target) : [];
  if (held === 'cancel') return [...cancelled(target, target.epoch, target.epoch), enabled(target)];
  if (held === undefined && strictOrder) refuseUndecided(target);
  return [enabled(target, held)];
}

/** Left held, it would go out after what is newer, or never. */
function refuseUndecided(target: Webhook): void {
  if (target.epoch <= target.nothingHeldUpTo) return;
  throw conflict(
    'The webhook is strictly ordered and may hold deliveries. Enable it with POST /settings/webhooks/{id}/enable, and say there ' +
      'what becomes of them: "held": "release" or "held": "cancel".',
  );
}

function disable(data: DisableWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const { by, workspaceId, epoch, deliveryId, lastError } = data;
  if (by !== 'admin' && (state === undefined || state.removed)) return [];
  const target = existing(state, workspaceId);
  if (epoch !== undefined && epoch !== target.epoch) return [];
  if (by === 'exhausted' && target.delivery.onExhausted === 'continue') return [];
  if (target.status === 'enabled') return [disabled(target, { by, deliveryId, lastError })];
  // From here on it is the admin's decision: the webhook is no longer matched, but what it holds stays held.
  const takesOver = by === 'admin' && target.disabledBy !== 'admin';
  return takesOver ? [{ type: 'WebhookDisabled', data: { ...of(target), by, epoch: target.epoch } }] : [];
}

/** While it is disabled everything unfinished is held. */
function cancelHeld(target: Webhook): readonly WebhookEvent[] {
  return target.status === 'enabled'
    ? cancelled(target, target.pendingFrom - 1, target.epoch)
    : cancelled(target, target.epoch, target.epoch + 2);
}

function reportBacklog(data: ReportBacklog['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  if (!state || state.removed || state.workspaceId !== data.workspaceId || state.backlogFull === data.full) return [];
  return data.full
    ? [{ type: 'BacklogFilled', data: { ...of(state), limit: data.limit } }]
    : [{ type: 'BacklogCleared', data: of(state) }];
}

const of = ({ id, workspaceId }: Webhook) => ({ webhookId: id, workspaceId });

const enabled = (target: Webhook, held?: 'release'): WebhookEnabled => ({
  type: 'WebhookEnabled',
  data: { ...of(target), epoch: target.epoch + 1, ...(held === undefined ? {} : { held }) },
});

const cancelled = (target: Webhook, upTo: number, epoch: number): readonly HeldCancelled[] =>
  upTo <= target.nothingHeldUpTo ? [] : [{ type: 'HeldCancelled', data: { ...of(target), upTo, epoch } }];

const disabled = (
  target: Webhook,
  { by, deliveryId, lastError }: { by: DisabledBy; deliveryId?: string; lastError?: string },
): WebhookDisabled => ({
  type: 'WebhookDisabled',
  data: {
    ...of(target),
    by,
    epoch: target.epoch + 1,
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(lastError === undefined ? {} : { lastError }),
  },
});

function existing(state: Webhook | undefined, workspaceId: string | undefined): Webhook {
  const isElsewhere = workspaceId !== undefined && workspaceId !== state?.workspaceId;
  if (state === undefined || state.removed || isElsewhere) throw notFound('The webhook');
  return state;
}

function headersKept(
  wanted: Readonly<Record<string, Sealed | null>>,
  stored: Readonly<Record<string, Sealed>>,
): Record<string, Sealed> {
  const byName = new Map(Object.entries(stored).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    Object.entries(wanted).map(([name, value]) => {
      const kept = value ?? byName.get(name.toLowerCase());
      if (kept === undefined) throw invalid(`headers.${name}`, 'is masked, and no value is stored for it');
      return [name, kept];
    }),
  );
}

const isSame = (a: Settings, b: Settings): boolean => JSON.stringify(a) === JSON.stringify(b);
