import type { Instant } from '../../../platform/kernel/index.ts';
import type { JsonObject } from '../trigger/trigger.events.ts';

/** The version that is there from the start. Webhooks and events from before there were versions are on it. */
export const FIRST_VERSION = '2026-01-01';

export type Shape = { readonly schema: JsonObject; readonly example: JsonObject };

/** When a superseded version stops. */
export type Expiration = {
  readonly expiresAt: Instant;
  /** From here on its webhooks carry a warning. */
  readonly warnAt: Instant;
  /** Its webhooks are disabled. */
  readonly disableAt: Instant;
};

/** What webhooks need to know of the webhook versions, from memory. */
export interface WebhookVersions {
  /** The newest. */
  current(): string;
  /** Those that are not expired at this instant, newest first. */
  live(at: Instant): readonly string[];
  /** Null for the current version, and for a name that is not known; of a withdrawn version that of the one that stands for it. */
  expirationOf(version: string): Expiration | null;
  /** Withdrawn versions, each with the one that stands for it: a webhook on the former counts as being on the latter. */
  withdrawn(): ReadonlyMap<string, string>;
  /** What `data` of a trigger is in a version; `undefined` for a trigger that is not in the catalog. */
  shapeOf(trigger: string, version: string): Shape | undefined;
  /** Whether a release has changed the trigger: then its shape is the release's, and no more the catalog's to change. */
  isReshaped(trigger: string): boolean;
  /** Resolves once every release that is durable at this moment is known here. */
  caughtUp(): Promise<void>;
}
export const WEBHOOK_VERSIONS = Symbol('WebhookVersions');
