import type { Instant } from '../../../platform/kernel/index.ts';

export type VersionedSchema = { readonly version: string; readonly schema: Readonly<Record<string, unknown>> };

export type Example = Readonly<Record<string, unknown>> | undefined;

/** What the way of an event needs to know of the webhook versions, from memory. */
export interface PayloadVersions {
  /**
   * The shapes that a published event of this trigger may have at this instant: the newest first, then that of the preceding version if
   * it is live and another. Empty for a trigger that is not in the catalog. The same schema is the same object.
   */
  accepted(trigger: string, at: Instant): readonly VersionedSchema[];
  /** An example of `data` in a version; `undefined` for a trigger that is not in the catalog. */
  exampleOf(trigger: string, version: string): Example | Promise<Example>;
  /**
   * The body of an alert, rendered in the version `from`, in the shape of the older version `to`: the text itself where nothing between
   * the two changes the trigger.
   * @throws {CannotDowngrade}
   */
  downgrade(body: string, alert: Downgrade): string | Promise<string>;
}
export const PAYLOAD_VERSIONS = Symbol('PayloadVersions');

export type Downgrade = { readonly type: string; readonly from: string; readonly to: string };
