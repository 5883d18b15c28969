import type { Handlers, Ownership } from '../ownership.ts';

/** What a test says it holds. */
export class ScriptedOwnership implements Ownership {
  readonly shared: boolean;
  /** Of those that are held, for how long nobody else can hold them. */
  safeForMs = Infinity;
  readonly #held = new Set<string>();
  /** Also while they are given back. */
  readonly #safe = new Set<string>();
  #names: readonly string[] = [];
  #handlers: Handlers | undefined;

  constructor({ shared = true } = {}) {
    this.shared = shared;
  }

  get isStarted(): boolean {
    return this.#handlers !== undefined;
  }

  start(names: readonly string[], handlers: Handlers): void {
    if (this.#handlers) throw new Error('Started already.');
    this.#names = names;
    this.#handlers = handlers;
    if (!this.shared) this.gain();
  }

  async stop(): Promise<void> {
    await this.giveBack();
    this.#handlers = undefined;
  }

  holds(name: string): boolean {
    return this.#held.has(name);
  }

  isSafeFor(name: string, forMs: number): boolean {
    return this.#safe.has(name) && forMs < this.safeForMs;
  }

  /** All of them when none is named. */
  gain(...names: string[]): void {
    const gained = this.#orAll(names).filter((name) => !this.#safe.has(name));
    for (const name of gained) {
      this.#held.add(name);
      this.#safe.add(name);
    }
    if (gained.length > 0) this.#handlers?.gained(gained);
  }

  /** Resolves when others may have them. */
  async giveBack(...names: string[]): Promise<void> {
    const left = this.#orAll(names).filter((name) => this.#held.delete(name));
    if (left.length > 0) await this.#handlers?.giveBack(left);
    for (const name of left) if (!this.#held.has(name)) this.#safe.delete(name);
  }

  /** They have run out. */
  lose(...names: string[]): void {
    const lost = this.#orAll(names).filter((name) => this.#safe.delete(name));
    for (const name of lost) this.#held.delete(name);
    if (lost.length > 0) this.#handlers?.lost(lost);
  }

  #orAll(names: readonly string[]): readonly string[] {
    return names.length > 0 ? names : this.#names;
  }
}
