import type { DomainEvent } from '../../../platform/kernel/index.ts';

export type PlatformEventReceived = DomainEvent<
  'PlatformEventReceived',
  {
    /** The publisher's id: idempotency key and hook id. */
    eventId: string;
    type: string;
    workspaceId: string;
    /** When it happened, in milliseconds since the epoch. */
    timestamp: number;
    data: Readonly<Record<string, unknown>>;
    /** SHA-256 of what makes it the same event: type, workspace and data. */
    digest: string;
    /** The webhook version whose shape `data` has; absent in older events, which have that of the first. */
    version?: string;
  }
>;

export type OwedDelivery = {
  readonly webhookId: string;
  /** The webhook's workspace, which the delivery belongs to. */
  readonly workspaceId: string;
  /** The webhook's epoch as of the event. */
  readonly epoch: number;
  /** What its alert is rendered in; absent in older records, for the first version. */
  readonly version?: string;
};

/** Absent in older records: event and webhook alone. */
export type IdScheme = 'by-position';

/** The decision who is owed an event, made once; `part` counts from 0 where there are too many for one record. */
export type EventFannedOut = DomainEvent<
  'EventFannedOut',
  {
    eventId: string;
    type: string;
    eventWorkspaceId: string;
    /** Of PlatformEventReceived: the order in which events are owed. */
    eventPosition: number;
    part: number;
    /** How the ids of its deliveries are made (delivery-id.ts). */
    idScheme?: IdScheme;
    deliveries: readonly OwedDelivery[];
    /** Matched too, but more was owed to these webhooks already than is kept for one: not attempted unless asked for. */
    skipped?: readonly OwedDelivery[];
  }
>;

export type PlatformEvent = PlatformEventReceived | EventFannedOut;
