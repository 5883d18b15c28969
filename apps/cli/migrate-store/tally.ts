import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Recorded } from '../../../libs/platform/kernel/index.ts';

export type Count = {
  readonly events: number;
  readonly streams: number;
  /** The same for the same events (by id, type, stream and revision), in whatever order. */
  readonly fingerprint: number;
};

const NONE: Count = { events: 0, streams: 0, fingerprint: 0 };

/** Six bytes: sums of two stay exact. */
const BYTES = 6;
const MODULUS = 2 ** (8 * BYTES);

/** What a store holds, by category, in memory that does not grow with it. */
export class Tally {
  readonly #counts = new Map<string, Count>();

  add(event: Recorded): void {
    const { events, streams, fingerprint } = this.of(event.category);
    this.#counts.set(event.category, {
      events: events + 1,
      streams: streams + (event.revision === 0 ? 1 : 0),
      fingerprint: (fingerprint + fingerprintOf(event)) % MODULUS,
    });
  }

  of(category: string): Count {
    return this.#counts.get(category) ?? NONE;
  }

  /** In alphabetical order. */
  get categories(): readonly string[] {
    return [...this.#counts.keys()].sort();
  }

  /** Events of these categories; of all when absent. */
  events(categories = this.categories): number {
    return categories.reduce((sum, category) => sum + this.of(category).events, 0);
  }

  equals(other: Tally): boolean {
    return isDeepStrictEqual(this.#counts, other.#counts);
  }
}

const fingerprintOf = ({ id, type, stream, revision }: Recorded): number =>
  hash('sha256', JSON.stringify([id, type, stream, revision]), 'buffer').readUIntBE(0, BYTES);
