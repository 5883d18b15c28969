export type Lease = { readonly name: string; readonly owner: string };

/**
 * Names that one process at a time may hold, each until it runs out by the store's own clock. An owner is one life of one process: a
 * process that starts again takes another. A call that rejects may have been carried out, or may be yet; none waits for long.
 */
export interface Leases {
  /** Those of the names that the owner holds after this: what was free, had run out, or was the owner's already. Each lasts `lastsMs` from now. */
  take(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]>;
  /** Prolongs those of the names that the owner holds and that have not run out, to `lastsMs` from now; answers them. */
  renew(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]>;
  /** Leaves alone what the owner does not hold. */
  release(owner: string, names: readonly string[]): Promise<void>;
  /** All that are held at this moment, by anyone, and whose names begin so. */
  held(prefix: string): Promise<readonly Lease[]>;
}
