import type { DomainEvent, Position } from '../../../platform/kernel/index.ts';

/**
 * `not-delivered`: what was exhausted, skipped, or is held. `all`: what was delivered, too. `held`: held deliveries alone. What was
 * cancelled, and tests, are in none of them.
 */
export const redeliverySelections = ['not-delivered', 'all', 'held'] as const;
export type RedeliverySelection = (typeof redeliverySelections)[number];

/** What is held, too: it is no outcome, but a status that can be released. */
export const redeliverableStatuses = ['held', 'exhausted', 'unrendered', 'skipped', 'succeeded'] as const;

/** Narrows a selection: a delivery is asked for if both say so. */
export type RedeliveryFilter = {
  readonly status?: (typeof redeliverableStatuses)[number] | undefined;
  readonly type?: string | undefined;
  /** A status code, such as 503, or a class of them, such as 5xx: what the newest attempt was answered with. */
  readonly code?: string | undefined;
  /** What the newest attempt failed with. */
  readonly errorClass?: string | undefined;
  readonly event?: string | undefined;
  readonly eventWorkspace?: string | undefined;
};

export const endReasons = ['done', 'webhook-disabled', 'webhook-removed'] as const;
export type EndReason = (typeof endReasons)[number];

/** `webhookId` is null when it is about all webhooks of the workspace. */
type OfRedelivery = {
  readonly redeliveryId: string;
  readonly workspaceId: string;
  readonly webhookId: string | null;
};
type Counts = { readonly requested: number; readonly passed: number };

export type RedeliveryStarted = DomainEvent<
  'RedeliveryStarted',
  OfRedelivery & {
    what: RedeliverySelection;
    /** Deliveries created from this instant on, and before `until`. */
    since: number | null;
    until: number | null;
    /** Events at later positions are none of its business. */
    upTo: Position;
    ratePerSecond: number;
    /** Absent where nothing narrows it, and in older events. */
    filter?: RedeliveryFilter | undefined;
    /** These deliveries of the webhook alone. */
    deliveryIds?: readonly string[] | undefined;
    /** How many there were to ask for; null where that was not counted. Absent in events from before it was. */
    expected?: number | null | undefined;
  }
>;
/** The deliveries of a webhook have been gone through up to an event. Counts are those since the progress before. */
export type RedeliveryProgressed = DomainEvent<
  'RedeliveryProgressed',
  OfRedelivery & Counts & { cursor: { webhookId: string; eventPosition: Position } }
>;
/** Counts are those of the whole job. */
export type RedeliveryFinished = DomainEvent<'RedeliveryFinished', OfRedelivery & Counts & { reason: EndReason }>;
export type RedeliveryCancelled = DomainEvent<'RedeliveryCancelled', OfRedelivery & Counts>;

export type RedeliveryEvent = RedeliveryStarted | RedeliveryProgressed | RedeliveryFinished | RedeliveryCancelled;
