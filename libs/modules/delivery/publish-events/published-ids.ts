import { Lately } from '../../../platform/kernel/index.ts';

const KEPT = 10_000;

/** The digest that is stored under an id, and whether this append stored it. */
export type Stored = { readonly digest: string; readonly isNew: boolean };

/**
 * Remembers what was published lately, so that publishing it again costs the store nothing. Only what is durable is remembered:
 * an answer from here is the one the store would give.
 */
export class PublishedIds {
  readonly #digests = new Lately<string>(KEPT);
  readonly #underWay = new Map<string, Promise<Stored>>();

  /** Through `append`, unless the id is remembered; one append of an id at a time. Rejects as `append` does. */
  store(id: string, append: () => Promise<Stored>): Promise<Stored> {
    const digest = this.#digests.get(id);
    if (digest !== undefined) return Promise.resolve({ digest, isNew: false });
    // If the one under way fails, the next tries for itself.
    const again = () => this.store(id, append);
    return this.#underWay.get(id)?.then(again, again) ?? this.#begin(id, append());
  }

  async #begin(id: string, appending: Promise<Stored>): Promise<Stored> {
    this.#underWay.set(id, appending);
    try {
      const stored = await appending;
      this.#digests.set(id, stored.digest);
      return stored;
    } finally {
      this.#underWay.delete(id);
    }
  }
}
