import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Child } from './child.ts';
import type { Flat, Published, PublisherHandlers, Steady } from './publisher.ts';
import type { Resources } from './resources.ts';

/** A publisher in a process of its own. */
export class Publishing {
  readonly #child: Child<PublisherHandlers>;

  constructor(resources: Resources) {
    this.#child = resources.child(join(import.meta.dirname, 'publisher.js'));
  }

  flat(flat: Omit<Flat, 'prefix'>): Promise<Published> {
    return this.#child.call('flat', { ...flat, prefix: freshPrefix() });
  }

  steady(steady: Omit<Steady, 'prefix'>): Promise<Published> {
    return this.#child.call('steady', { ...steady, prefix: freshPrefix() });
  }
}

const freshPrefix = (): string => randomBytes(6).toString('hex');

export const secondsBetween = (from: number, to: number): number => (to - from) / 1_000_000;
