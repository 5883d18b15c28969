import type { DomainEvent, FieldError } from '../../../platform/kernel/index.ts';

/**
 * `malformed`: no JSON object, or it names no workspace. `unknown-workspace`: not registered, nor in the seconds it was waited for.
 * `invalid`: what an event must be, it is not. `conflict`: its id is taken by another event. `failed`: taking it in breaks down.
 */
export const parkReasons = ['malformed', 'unknown-workspace', 'invalid', 'conflict', 'failed'] as const;
export type ParkReason = (typeof parkReasons)[number];

/** The platform's message, by its place in the platform's streams. What could not be read of it is null. */
type OfParkedEvent = {
  readonly parkedId: string;
  readonly stream: string;
  readonly revision: number;
  readonly type: string;
  /** As the message says, whether or not there is such a workspace. */
  readonly workspaceId: string | null;
  readonly eventId: string | null;
};

export type PlatformEventParked = DomainEvent<
  'PlatformEventParked',
  OfParkedEvent & { reason: ParkReason; errors: readonly FieldError[] }
>;
/** It was taken in: newly, or it had been there already. */
export type ParkedEventReplayed = DomainEvent<'ParkedEventReplayed', OfParkedEvent>;
export type ParkedEventDropped = DomainEvent<'ParkedEventDropped', OfParkedEvent>;

export type ParkedEventEvent = PlatformEventParked | ParkedEventReplayed | ParkedEventDropped;
