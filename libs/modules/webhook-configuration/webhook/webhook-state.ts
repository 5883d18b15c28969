import { settingsOf, type Settings } from './webhook-settings.ts';
import { FIRST_VERSION } from './webhook-versions.ts';
import type {
  Dialect,
  DisabledBy,
  DraftChanges,
  DraftDiscarded,
  HeldCancelled,
  PreviousSecret,
  WebhookEvent,
  WebhookSecretRotated,
} from './webhook.events.ts';

export type Draft = {
  /** The version it is on. */
  readonly target: string;
  /** Only what is to change. */
  readonly changes: DraftChanges;
  /** The version of the webhook when the draft was made. */
  readonly of: string;
  readonly by: 'admin' | 'calendar';
};

export type Webhook = Settings & {
  readonly id: string;
  readonly workspaceId: string;
  readonly dialect: Dialect;
  /** Its BusinessId and its number in the location dialect; null, both, until it has been numbered. */
  readonly businessId: number | null;
  readonly number: number | null;
  /** Of the newest rotation, also once its overlap is over; null if that had none, or the secret was replaced since. */
  readonly previousSecret: PreviousSecret | null;
  /** Of the webhook versions: what its alerts are rendered in. */
  readonly version: string;
  readonly status: 'enabled' | 'disabled';
  /** Null while it is enabled. */
  readonly disabledBy: DisabledBy | null;
  readonly epoch: number;
  /** While it is enabled it holds what is of an earlier epoch, and nothing else. */
  readonly pendingFrom: number;
  /** Nothing of this epoch or an earlier one is held any more; -1 before it could be. */
  readonly nothingHeldUpTo: number;
  readonly backlogFull: boolean;
  readonly draft: Draft | null;
  /** Versions for which the calendar makes no draft any more. */
  readonly discardedFor: readonly string[];
  readonly removed: boolean;
};

export function evolve(state: Webhook | undefined, event: WebhookEvent): Webhook | undefined {
  if (event.type === 'WebhookCreated') {
    const { webhookId, workspaceId, version = FIRST_VERSION, status, epoch } = event.data;
    const { dialect = 'workspace', businessId = null, number = null } = event.data;
    const isEnabled = status === 'enabled';
    return {
      id: webhookId,
      workspaceId,
      ...settingsOf(event.data),
      dialect,
      businessId,
      number,
      previousSecret: null,
      version,
      status,
      disabledBy: isEnabled ? null : 'admin',
      epoch,
      pendingFrom: epoch,
      nothingHeldUpTo: isEnabled ? -1 : epoch,
      backlogFull: false,
      draft: null,
      discardedFor: [],
      removed: false,
    };
  }
  if (state === undefined) return undefined;
  switch (event.type) {
    case 'WebhookNumbered': {
      const { businessId, number } = event.data;
      return { ...state, businessId, number };
    }
    case 'WebhookChanged':
      return changed(state, settingsOf(event.data), event.data.version ?? state.version);
    case 'WebhookSecretRotated':
      return { ...state, secret: event.data.secret, previousSecret: previousAfter(event.data) };
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
    case 'DraftCreated': {
      const { target, of, by } = event.data;
      return { ...state, draft: { target, changes: {}, of, by } };
    }
    case 'DraftChanged': {
      const { target, changes } = event.data;
      return { ...state, draft: state.draft && { ...state.draft, target, changes } };
    }
    case 'DraftPublished':
      return { ...state, draft: null };
    case 'DraftDiscarded':
      return { ...state, draft: null, discardedFor: discarded(event.data, state) };
    case 'TestRequested':
      return state;
  }
}

/** It is nothing but a move, and over once the webhook was moved without it, to wherever that was. */
export const isUntouched = ({ changes }: Draft): boolean => Object.keys(changes).length === 0;

/** A webhook that stops to be strictly ordered holds what it had yet to send of earlier epochs. */
function changed(state: Webhook, settings: Settings, version: string): Webhook {
  const pendingFrom = settings.delivery.strictOrder ? state.pendingFrom : state.epoch;
  const isOver = version !== state.version && state.draft !== null && isUntouched(state.draft);
  const previousSecret = previousWith(settings.secret, state);
  return { ...state, ...settings, previousSecret, version, pendingFrom, draft: isOver ? null : state.draft };
}

/** A secret that replaces the one it has does so at once. */
export const previousWith = (
  secret: Webhook['secret'],
  before: Pick<Webhook, 'secret' | 'previousSecret'>,
): PreviousSecret | null => (secret === before.secret ? before.previousSecret : null);

const previousAfter = ({ previous, previousUntil }: WebhookSecretRotated['data']): PreviousSecret | null =>
  previous === undefined || previousUntil === undefined ? null : { secret: previous, until: previousUntil };

/** What is published while its receiver's failures keep it off is owed to it, and held; to one that was switched off nothing is. */
function emptyAfter({ upTo, epoch }: HeldCancelled['data'], { disabledBy }: Webhook): number {
  return disabledBy === 'admin' || disabledBy === 'expired' ? epoch : upTo;
}

/** Who discards a draft that stays on the webhook's version says nothing about moving it. */
function discarded({ target, of }: DraftDiscarded['data'], { discardedFor }: Webhook): readonly string[] {
  return target === of || discardedFor.includes(of) ? discardedFor : [...discardedFor, of];
}
