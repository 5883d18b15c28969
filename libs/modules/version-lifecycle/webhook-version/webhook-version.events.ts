import type { DomainEvent, Instant } from '../../../platform/kernel/index.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** The milestones of a superseded version, as instants. */
export type Calendar = {
  /** Its webhooks' admins are told the expiration date. */
  readonly announceAt: Instant;
  /** A calendar month before the expiration date: they are reminded, and drafts on the newest version are made. */
  readonly remindAt: Instant;
  /** A week before: a pop-up in the console, and a warning on the webhooks. */
  readonly popupAt: Instant;
  readonly expiresAt: Instant;
  /** 24 hours later: webhooks that are still on it are disabled. */
  readonly disableAt: Instant;
};

/** What a release changes about one trigger. */
export type TriggerRelease = {
  /** JSON Schema (2020-12) of `data` from this version on. */
  readonly schema: JsonObject;
  readonly example: JsonObject;
  /** JSONata: `data` of this version in, `data` of the version before out. */
  readonly downgrade: string;
};

/** `supersedes` is null for the first version. A trigger that is not named keeps the shape it has. */
export type VersionReleased = DomainEvent<
  'VersionReleased',
  {
    version: string;
    notes: string;
    triggers: Readonly<Record<string, TriggerRelease>>;
    supersedes: ({ readonly version: string } & Calendar) | null;
  }
>;
/** The milestones that lie ahead come again, for the new date. */
export type ExpirationPostponed = DomainEvent<'ExpirationPostponed', { version: string; from: Instant } & Calendar>;
/** Nobody is to use it; the version it superseded is current again, and its calendar void. */
export type VersionWithdrawn = DomainEvent<'VersionWithdrawn', { version: string; restores: string }>;

export type Milestone = 'announcement' | 'reminder' | 'popup';
/** `overtaken`: a later milestone has passed, too, so that nobody is to be told of this one. `newest`: the current version by then. */
export type MilestoneReached = DomainEvent<
  'MilestoneReached',
  { version: string; milestone: Milestone; overtaken: boolean; newest: string } & Calendar
>;
/** The last milestone: what is still on it is disabled. */
export type VersionExpired = DomainEvent<'VersionExpired', { version: string; expiresAt: Instant }>;

export type WebhookVersionEvent =
  VersionReleased | ExpirationPostponed | VersionWithdrawn | MilestoneReached | VersionExpired;
