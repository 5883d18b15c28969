import type { Position } from '../kernel/index.ts';
import type { Folded, Listeners } from './document-writer.ts';

/** Those who listen to what is folded, and how far they have been told of it. */
export class Told<Doc> implements Listeners<Doc> {
  readonly #onFolded = new Set<Folded<Doc>>();
  readonly #onStored = new Set<(position: Position) => void>();
  /** Of all changes up to here, since there is anybody. */
  #upTo: Position | undefined;

  get isAnybody(): boolean {
    return this.#onFolded.size > 0;
  }

  /** Nobody has been told of anything, nor is it known what they need not be told of. */
  get isNew(): boolean {
    return this.#upTo === undefined;
  }

  onFolded(listener: Folded<Doc>): void {
    this.#onFolded.add(listener);
  }

  onStored(listener: (position: Position) => void): void {
    this.#onStored.add(listener);
  }

  /** Whoever listens must be told of what was stored elsewhere since they were told last. */
  from(checkpoint: Position): Position {
    return Math.min(checkpoint, this.#upTo ?? Infinity);
  }

  /** They will be told of all that comes after. */
  begin(after: Position): void {
    if (!this.isAnybody) return;
    // Not by the batch that follows: that may end beyond what they have been told of already.
    if (this.#upTo !== undefined && after < this.#upTo) this.folded([], after);
    this.#upTo ??= after;
  }

  readonly folded: Folded<Doc> = (changed, position) => {
    for (const listener of this.#onFolded) listener(changed, position);
    if (this.isAnybody) this.#upTo = position;
  };

  readonly stored = (position: Position): void => {
    for (const listener of this.#onStored) listener(position);
  };
}
