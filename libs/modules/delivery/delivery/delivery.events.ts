import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';
import type { DowngradeFault } from '../../version-lifecycle/contract.ts';

/** What a delivery is of, carried by each of its events so that no fold has to look it up. */
export type OfDelivery = { readonly deliveryId: string; readonly webhookId: string; readonly workspaceId: string };

/** One HTTP request, as it went. Instants are milliseconds since the epoch. */
export type AttemptRecord = {
  /** Counts from 1 across rounds. */
  readonly attempt: number;
  /** Absent for an event. */
  readonly kind?: 'test';
  readonly round: number;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Where it went; the webhook's URL may have changed since. */
  readonly url: string;
  /** Absent when no answer came. */
  readonly statusCode?: number;
  /** Absent on success: `http-status`, or why no answer came. */
  readonly errorClass?: string;
  readonly error?: string;
  /** The kept beginning of the answer's body. */
  readonly answer?: string;
};

export type AttemptSucceeded = DomainEvent<'AttemptSucceeded', OfDelivery & AttemptRecord>;
/**
 * `nextAttemptAt` is null when this attempt was the last of its round, or its round is no longer the current one. `gone` (410) ends
 * the round and leaves the delivery held.
 */
export type AttemptFailed = DomainEvent<
  'AttemptFailed',
  OfDelivery & AttemptRecord & { nextAttemptAt: number | null; epoch: number; gone: boolean }
>;
/** Every attempt of the round failed. `epoch` is the one the round began in. */
export type DeliveryExhausted = DomainEvent<
  'DeliveryExhausted',
  OfDelivery & {
    kind: DeliveryKind;
    round: number;
    epoch: number;
    redelivery: boolean;
    attempts: number;
    lastError: string;
  }
>;
/**
 * Ends the round without an attempt: the alert cannot be rendered in the delivery's version. The fault is that of a release, of
 * neither the webhook nor its receiver.
 */
export type RenderingFailed = DomainEvent<
  'RenderingFailed',
  OfDelivery & {
    round: number;
    epoch: number;
    /** The trigger. */
    type: string;
    version: string;
    /** The release whose downgrade it was. */
    releasedIn: string;
    fault: DowngradeFault;
    error: string;
    at: Instant;
  }
>;
/**
 * Begins a round. `release`: of a delivery that was held; absent in older events, which were all redeliveries. `redeliveryId`: the
 * bulk redelivery that asked for it; absent where it was asked for by itself, and in older events.
 */
export type RedeliveryRequested = DomainEvent<
  'RedeliveryRequested',
  OfDelivery & { round: number; epoch: number; dueAt: number; cause?: RoundCause; redeliveryId?: string }
>;
export type RoundCause = 'redelivery' | 'release';

/** `test`: asked for, sent once outside the lane, of no consequence for the webhook. */
export type DeliveryKind = 'event' | 'test';
export type DeliveryEvent =
  AttemptSucceeded | AttemptFailed | DeliveryExhausted | RenderingFailed | RedeliveryRequested;
