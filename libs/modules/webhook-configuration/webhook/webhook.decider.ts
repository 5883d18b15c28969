import { conflict, invalid, notFound, type Decider, type Sealed } from '../../../platform/kernel/index.ts';
import type { CreateWebhook, DisableWebhook, ReplaceWebhook, WebhookCommand } from './webhook.commands.ts';
import type { DisabledBy, WebhookDisabled, WebhookEnabled, WebhookEvent, WebhookSettings } from './webhook.events.ts';

export type Webhook = WebhookSettings & {
  readonly id: string;
  readonly workspaceId: string;
  readonly status: 'enabled' | 'disabled';
  /** Null while it is enabled. */
  readonly disabledBy: DisabledBy | null;
  readonly epoch: number;
  readonly removed: boolean;
};

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
      return enable(existing(state, command.data.workspaceId));
    case 'DisableWebhook':
      return disable(command.data, state);
    case 'RequestTest': {
      const target = existing(state, command.data.workspaceId);
      return [{ type: 'TestRequested', data: { ...of(target), testId: command.data.testId } }];
    }
    case 'ReleaseHeld':
      return releaseHeld(existing(state, command.data.workspaceId));
    case 'CancelHeld':
      return cancelHeld(existing(state, command.data.workspaceId));
  }
}

function create(data: CreateWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  if (state) throw conflict('A webhook with this id exists.');
  return [{ type: 'WebhookCreated', data: { ...data, epoch: data.status === 'enabled' ? 0 : 1 } }];
}

function replace(data: ReplaceWebhook['data'], target: Webhook): readonly WebhookEvent[] {
  const { name, description, applyToAllDescendants, url, triggers } = data;
  const secret = data.secret ?? target.secret;
  const headers = headersKept(data.headers, target.headers);
  const settings = { name, description, applyToAllDescendants, url, secret, headers, triggers };
  const changed: WebhookEvent[] = isSame(settings, settingsOf(target))
    ? []
    : [{ type: 'WebhookChanged', data: { ...of(target), ...settings } }];
  if (data.status === target.status) return changed;
  return [...changed, data.status === 'enabled' ? enabled(target) : disabled(target, { by: 'admin' })];
}

function enable(target: Webhook): readonly WebhookEvent[] {
  return target.status === 'enabled' ? [] : [enabled(target)];
}

function disable(data: DisableWebhook['data'], state: Webhook | undefined): readonly WebhookEvent[] {
  const { by, workspaceId, epoch, deliveryId, lastError } = data;
  if (by !== 'admin' && (state === undefined || state.removed)) return [];
  const target = existing(state, workspaceId);
  if (epoch !== undefined && epoch !== target.epoch) return [];
  if (target.status === 'enabled') return [disabled(target, { by, deliveryId, lastError })];
  // From here on it is the admin's decision: the webhook is no longer matched, but what it holds stays held.
  const takesOver = by === 'admin' && target.disabledBy !== 'admin';
  return takesOver ? [{ type: 'WebhookDisabled', data: { ...of(target), by, epoch: target.epoch } }] : [];
}

function releaseHeld(target: Webhook): readonly WebhookEvent[] {
  if (target.status === 'disabled')
    throw conflict('The webhook is disabled; enable it before releasing what it holds.');
  if (target.epoch === 0) return [];
  return [{ type: 'HeldReleased', data: { ...of(target), upTo: target.epoch - 1, epoch: target.epoch } }];
}

/** While it is enabled nothing of the current epoch is held; while it is disabled everything unfinished is. */
function cancelHeld(target: Webhook): readonly WebhookEvent[] {
  const isEnabled = target.status === 'enabled';
  const upTo = isEnabled ? target.epoch - 1 : target.epoch;
  const epoch = isEnabled ? target.epoch : target.epoch + 2;
  return upTo < 0 ? [] : [{ type: 'HeldCancelled', data: { ...of(target), upTo, epoch } }];
}

const of = ({ id, workspaceId }: Webhook) => ({ webhookId: id, workspaceId });

const enabled = (target: Webhook): WebhookEnabled => ({
  type: 'WebhookEnabled',
  data: { ...of(target), epoch: target.epoch + 1 },
});

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

function settingsOf(of: WebhookSettings): WebhookSettings {
  const { name, description, applyToAllDescendants, url, secret, headers, triggers } = of;
  return { name, description, applyToAllDescendants, url, secret, headers, triggers };
}

const isSame = (a: WebhookSettings, b: WebhookSettings): boolean => JSON.stringify(a) === JSON.stringify(b);

function evolve(state: Webhook | undefined, event: WebhookEvent): Webhook | undefined {
  if (event.type === 'WebhookCreated') {
    const { webhookId, workspaceId, status, epoch } = event.data;
    const disabledBy = status === 'disabled' ? 'admin' : null;
    return { id: webhookId, workspaceId, ...settingsOf(event.data), status, disabledBy, epoch, removed: false };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'WebhookChanged':
      return { ...state, ...settingsOf(event.data) };
    case 'WebhookEnabled':
      return { ...state, status: 'enabled', disabledBy: null, epoch: event.data.epoch };
    case 'WebhookDisabled':
      return { ...state, status: 'disabled', disabledBy: event.data.by, epoch: event.data.epoch };
    case 'WebhookRemoved':
      return { ...state, removed: true };
    case 'HeldCancelled':
      return { ...state, epoch: event.data.epoch };
    case 'TestRequested':
    case 'HeldReleased':
      return state;
  }
}
