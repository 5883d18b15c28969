import type { Handlers, Ownership } from './ownership.ts';

/** Where one process has the stores to itself: it holds every name from its start to its stop. */
export class SoleOwner implements Ownership {
  readonly shared = false;
  #names: readonly string[] = [];
  #handlers: Handlers | undefined;
  #held: ReadonlySet<string> = new Set();
  #stopping: Promise<void> | undefined;

  start(names: readonly string[], handlers: Handlers): void {
    if (this.#handlers) throw new Error('Started already.');
    this.#names = names;
    this.#handlers = handlers;
    this.#held = new Set(names);
    handlers.gained(names);
  }

  async stop(): Promise<void> {
    await (this.#stopping ??= this.#giveBack());
  }

  holds(name: string): boolean {
    return !this.#stopping && this.#held.has(name);
  }

  isSafeFor(name: string, _forMs: number): boolean {
    return this.#held.has(name);
  }

  async #giveBack(): Promise<void> {
    try {
      await this.#handlers?.giveBack(this.#names);
    } finally {
      this.#held = new Set();
      this.#handlers = undefined;
      this.#stopping = undefined;
    }
  }
}
