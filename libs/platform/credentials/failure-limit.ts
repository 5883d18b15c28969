import { RecentlyUsed, type Clock } from '../kernel/index.ts';

export type Limit = { readonly failures: number; readonly perMs: number };

const BUCKETS_KEPT = 20_000;

/**
 * Token buckets, one a key: so many failures at once, regained evenly over the period. A try takes from the bucket before its
 * outcome is known, so that many at the same time count too, and gives back when it was no failure.
 */
export class FailureLimit {
  readonly #buckets = new RecentlyUsed<string, { left: number; at: number }>(BUCKETS_KEPT);

  constructor(
    private readonly limit: Limit,
    private readonly clock: Clock,
  ) {}

  /** Milliseconds until another try is let through; 0 if it is now. */
  wait(key: string): number {
    const { left } = this.#bucket(key);
    return left >= 1 ? 0 : Math.ceil((1 - left) * this.#msEach());
  }

  take(key: string): void {
    this.#put(key, -1);
  }

  giveBack(key: string): void {
    this.#put(key, 1);
  }

  #put(key: string, change: number): void {
    const { left, at } = this.#bucket(key);
    this.#buckets.set(key, { left: Math.min(left + change, this.limit.failures), at });
  }

  #bucket(key: string): { left: number; at: number } {
    const now = this.clock.now();
    const bucket = this.#buckets.get(key);
    if (!bucket) return { left: this.limit.failures, at: now };
    const regained = (now - bucket.at) / this.#msEach();
    return { left: Math.min(bucket.left + regained, this.limit.failures), at: now };
  }

  #msEach(): number {
    return this.limit.perMs / this.limit.failures;
  }
}
