import type { Instant } from '../../../platform/kernel/index.ts';

export type VersionedSchema = { readonly version: string; readonly schema: Readonly<Record<string, unknown>> };

/** What the way of an event needs to know of the webhook versions, from memory. */
export interface PayloadVersions {
  /**
   * The shapes that a published event of this trigger may have at this instant: the newest first, then that of the preceding version if
   * it is live and another. Empty for a trigger that is not in the catalog. The same schema is the same object.
   */
  accepted(trigger: string, at: Instant): readonly VersionedSchema[];
  /** An example of `data` in a version; the newest one's for a version that is not known. */
  exampleOf(trigger: string, version: string): Readonly<Record<string, unknown>> | undefined;
  /**
   * The body of an alert, rendered in the version `from`, in the shape of the older version `to`: the text itself where nothing between
   * the two changes the trigger.
   * @throws {CannotDowngrade}
   */
  downgrade(body: string, alert: Downgrade): string | Promise<string>;
}
export const PAYLOAD_VERSIONS = Symbol('PayloadVersions');

export type Downgrade = { readonly type: string; readonly from: string; readonly to: string };

/**
 * `error`: the expression failed, or its result is no object. `time`, `size`: it went over a limit. `shape`: the result is none of the
 * version's schema.
 */
export type DowngradeFault = 'error' | 'time' | 'size' | 'shape';

/** The operator's problem, and nobody else's: repeating it makes no sense. */
export class CannotDowngrade extends Error {
  override readonly name = 'CannotDowngrade';

  constructor(
    readonly fault: DowngradeFault,
    /** The release whose downgrade it was. */
    readonly version: string,
    message: string,
  ) {
    super(message);
  }
}
