import { defaultDelivery, type DeliverySettings } from './delivery-settings.ts';
import type { DisabledBy, HeldCancelled, WebhookEvent, WebhookSettings } from './webhook.events.ts';

export type Settings = WebhookSettings & { readonly delivery: DeliverySettings };

export type Webhook = Settings & {
  readonly id: string;
  readonly workspaceId: string;
  readonly status: 'enabled' | 'disabled';
  /** Null while it is enabled. */
  readonly disabledBy: DisabledBy | null;
  readonly epoch: number;
  /** While it is enabled it holds what is of an earlier epoch, and nothing else. */
  readonly pendingFrom: number;
  /** Nothing of this epoch or an earlier one is held any more; -1 before it could be. */
  readonly nothingHeldUpTo: number;
  readonly backlogFull: boolean;
  readonly removed: boolean;
};

export function evolve(state: Webhook | undefined, event: WebhookEvent): Webhook | undefined {
  if (event.type === 'WebhookCreated') {
    const { webhookId, workspaceId, status, epoch } = event.data;
    const isEnabled = status === 'enabled';
    return {
      id: webhookId,
      workspaceId,
      ...settingsOf(event.data),
      status,
      disabledBy: isEnabled ? null : 'admin',
      epoch,
      pendingFrom: epoch,
      nothingHeldUpTo: isEnabled ? -1 : epoch,
      backlogFull: false,
      removed: false,
    };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'WebhookChanged':
      return changed(state, settingsOf(event.data));
    case 'WebhookEnabled': {
      const { epoch, held } = event.data;
      const pendingFrom = held === 'release' ? state.nothingHeldUpTo + 1 : epoch;
      return { ...state, status: 'enabled', disabledBy: null, epoch, pendingFrom };
    }
    case 'WebhookDisabled':
      return { ...state, status: 'disabled', disabledBy: event.data.by, epoch: event.data.epoch };
    case 'WebhookRemoved':
      return { ...state, removed: true };
    case 'HeldCancelled':
      return { ...state, epoch: event.data.epoch, nothingHeldUpTo: emptyAfter(event.data, state) };
    case 'BacklogFilled':
      return { ...state, backlogFull: true };
    case 'BacklogCleared':
      return { ...state, backlogFull: false };
    default:
      return state;
  }
}

/** A webhook that stops to be strictly ordered holds what it had yet to send of earlier epochs. */
function changed(state: Webhook, settings: Settings): Webhook {
  const pendingFrom = settings.delivery.strictOrder ? state.pendingFrom : state.epoch;
  return { ...state, ...settings, pendingFrom };
}

/** What is published while its receiver's failures keep it off is owed to it, and held; to one that was switched off nothing is. */
function emptyAfter({ upTo, epoch }: HeldCancelled['data'], { disabledBy }: Webhook): number {
  return disabledBy === 'admin' || disabledBy === 'expired' ? epoch : upTo;
}

export function settingsOf(of: WebhookSettings): Settings {
  const { name, description, applyToAllDescendants, url, secret, headers, triggers } = of;
  return { name, description, applyToAllDescendants, url, secret, headers, triggers, delivery: inFull(of.delivery) };
}

/** Always in the order of the defaults, which is what `isSame` relies on. */
export const inFull = (delivery: DeliverySettings | undefined): DeliverySettings => ({
  ...defaultDelivery,
  ...delivery,
});
