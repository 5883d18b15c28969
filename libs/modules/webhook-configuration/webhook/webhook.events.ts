import type { DomainEvent, Instant, Sealed } from '../../../platform/kernel/index.ts';
import type { DeliverySettings } from './delivery-settings.ts';

/**
 * Which API it was made in, for good: it selects the body of its alerts, their signature headers, and whose secret signs. Absent in
 * events: `workspace`.
 */
export type Dialect = 'workspace' | 'location';

/**
 * What a webhook is configured to do. `secret` and the values of `headers` are sealed, and stay so in every fold. Of the location
 * dialect it has no secret: that of its workspace signs.
 */
export type WebhookSettings = {
  readonly name: string;
  readonly description: string;
  readonly applyToAllDescendants: boolean;
  readonly url: string;
  readonly secret: Sealed | null;
  readonly headers: Readonly<Record<string, Sealed>>;
  readonly triggers: readonly string[];
  /** Absent in events that are older than these settings: the defaults. */
  readonly delivery?: DeliverySettings;
};

/** What was replaced by a rotation, and goes on signing beside the new one before `until`. */
export type PreviousSecret = { readonly secret: Sealed; readonly until: Instant };

/** The fields a draft may change; those it has replace what the webhook has when it is published. */
export type DraftChanges = Partial<WebhookSettings>;

type OfWebhook = { readonly webhookId: string; readonly workspaceId: string };

/**
 * The version its alerts are rendered in. Absent in events that are older than versions: in `WebhookCreated` it stands for the first
 * version, in `WebhookChanged` for the one it has.
 */
type OnVersion = { readonly version?: string };

/** What the location dialect knows it by: the BusinessId of its workspace, and the integer it is itself known by, claimed before. */
type Numbered = { readonly businessId: number; readonly number: number };

/**
 * `epoch` counts how often a webhook went on or off: even while it is enabled, odd while it is disabled. A round of attempts
 * belongs to the epoch it began in, which is what tells a held delivery, and an exhaustion that came too late, from a current one.
 */
export type WebhookCreated = DomainEvent<
  'WebhookCreated',
  OfWebhook &
    WebhookSettings &
    OnVersion &
    Partial<Numbered> & {
      dialect?: Dialect;
      status: 'enabled' | 'disabled';
      epoch: number;
      /** The delivery of its test alert; without one none is owed. */
      testId?: string;
    }
>;
/** Of a webhook from before there were numbers. */
export type WebhookNumbered = DomainEvent<'WebhookNumbered', OfWebhook & Numbered>;
/** With another version than it had it ends a draft without changes; with another secret, an overlap. */
export type WebhookChanged = DomainEvent<'WebhookChanged', OfWebhook & WebhookSettings & OnVersion>;
/** Without `previous`, or from `previousUntil` on, the new secret alone signs. An overlap that is not over ends here. */
export type WebhookSecretRotated = DomainEvent<
  'WebhookSecretRotated',
  OfWebhook & { secret: Sealed; previous?: Sealed; previousUntil?: Instant }
>;
/** `release`: what it held is pending again, in the order of the events. A strictly ordered webhook cannot leave it held. */
export type WebhookEnabled = DomainEvent<'WebhookEnabled', OfWebhook & { epoch: number; held?: 'release' }>;
export type DisabledBy = 'admin' | 'exhausted' | 'gone' | 'expired';
export type WebhookDisabled = DomainEvent<
  'WebhookDisabled',
  OfWebhook & {
    by: DisabledBy;
    epoch: number;
    deliveryId?: string;
    lastError?: string;
    /** The version that expired. */
    version?: string;
  }
>;
export type WebhookRemoved = DomainEvent<'WebhookRemoved', OfWebhook>;
/** Where a test of a draft goes, sealed as in the settings. */
export type TestTarget = Pick<WebhookSettings, 'url' | 'secret' | 'headers'> & {
  /** Of a draft that leaves the secret as it is. */
  readonly previousSecret?: PreviousSecret | null;
};
/**
 * A test alert is owed from this event on; `testId` is the id of its delivery. `version`: what it is rendered in; absent in older
 * events. With a `target` it is of the draft, and goes there instead of to the webhook.
 */
export type TestRequested = DomainEvent<
  'TestRequested',
  OfWebhook & { testId: string; version?: string; target?: TestTarget }
>;
/**
 * Deliveries held in epochs up to `upTo` are cancelled. `epoch` is the one from here on: of a webhook that stays disabled it is a new
 * one, so that what is published next is held and not cancelled with the rest. If the same call enables
 * it, nothing comes between the two events, and the epoch stays.
 */
export type HeldCancelled = DomainEvent<'HeldCancelled', OfWebhook & { upTo: number; epoch: number }>;

/** More is owed to it than the installation keeps for one webhook: what is published now is skipped, until it clears. */
export type BacklogFilled = DomainEvent<'BacklogFilled', OfWebhook & { limit: number }>;
export type BacklogCleared = DomainEvent<'BacklogCleared', OfWebhook>;

/**
 * A draft on the version `target`, without changes yet, in place of any that there was. `of`: the version the webhook had. `by` the
 * calendar: made when that version was a month from its expiration.
 */
export type DraftCreated = DomainEvent<
  'DraftCreated',
  OfWebhook & { target: string; of: string; by: 'admin' | 'calendar' }
>;
/** The draft from here on, whole. */
export type DraftChanged = DomainEvent<'DraftChanged', OfWebhook & { target: string; changes: DraftChanges }>;
/** `WebhookChanged` follows at once if anything about the webhook changed. */
export type DraftPublished = DomainEvent<'DraftPublished', OfWebhook & { target: string }>;
/** `of`: the version the webhook had when it was made; the calendar makes no other draft for it, unless this one was to stay on it. */
export type DraftDiscarded = DomainEvent<'DraftDiscarded', OfWebhook & { target: string; of: string }>;

export type WebhookEvent =
  | WebhookCreated
  | WebhookNumbered
  | WebhookChanged
  | WebhookSecretRotated
  | WebhookEnabled
  | WebhookDisabled
  | WebhookRemoved
  | TestRequested
  | HeldCancelled
  | BacklogFilled
  | BacklogCleared
  | DraftCreated
  | DraftChanged
  | DraftPublished
  | DraftDiscarded;
