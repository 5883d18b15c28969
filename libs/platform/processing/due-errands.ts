import type { Instant } from '../kernel/index.ts';

/** When each errand that is owed is due next. */
export class DueErrands {
  readonly #dueAt = new Map<string, Instant>();
  /** Of those that were due when last looked, the latest first. */
  #next: string[] = [];

  /** Null: never again. */
  set(errandId: string, dueAt: Instant | null): void {
    if (dueAt === null) this.#dueAt.delete(errandId);
    else this.#dueAt.set(errandId, dueAt);
  }

  clear(): void {
    this.#dueAt.clear();
    this.#next = [];
  }

  /** Takes out one that is due by now, the longest due first. */
  take(now: Instant): string | undefined {
    const isDue = (id: string) => this.#at(id) <= now;
    let id = this.#next.pop();
    while (id !== undefined && !isDue(id)) id = this.#next.pop();
    if (id === undefined) {
      this.#next = [...this.#dueAt.keys()]
        .filter(isDue)
        .sort((a, b) => this.#at(a) - this.#at(b))
        .reverse();
      id = this.#next.pop();
    }
    if (id !== undefined) this.#dueAt.delete(id);
    return id;
  }

  /** When the first is due of those that are not yet. */
  nextAfter(now: Instant): Instant | undefined {
    const later = [...this.#dueAt.values()].filter((dueAt) => dueAt > now);
    return later.length === 0 ? undefined : later.reduce((a, b) => Math.min(a, b));
  }

  #at = (id: string): Instant => this.#dueAt.get(id) ?? Infinity;
}
