import type { MachineTimer } from './machine-timer.ts';

/** Clocks of different machines do not run equally fast: the last part of a lease is not relied on. */
const RELIED_ON = 0.98;

/**
 * `kept`: worked on. `leaving`: to be given back when its work is over. `abandoned`: nobody knows whether its work is over.
 * `released`: the store has been told, or may have been. The first two are renewed.
 */
type State = 'kept' | 'leaving' | 'abandoned' | 'released';

/** What one process holds, as far as it can tell without asking. */
export class HeldNames {
  /** `until` is by this machine's monotonic time. */
  readonly #entries = new Map<string, { until: number; state: State }>();

  constructor(
    private readonly timer: MachineTimer,
    private readonly lastsMs: number,
  ) {}

  /** Until when what the store grants from now on can be relied on: to be asked before the request is sent. */
  untilFromNow(): number {
    return this.timer.now() + this.lastsMs * RELIED_ON;
  }

  isKept(name: string): boolean {
    return this.#entries.get(name)?.state === 'kept' && this.isSafeFor(name, 0);
  }

  isSafeFor(name: string, forMs: number): boolean {
    const entry = this.#entries.get(name);
    return entry !== undefined && entry.state !== 'released' && this.timer.now() + forMs < entry.until;
  }

  /** The longest held first. */
  kept(): readonly string[] {
    return this.#in('kept');
  }

  abandoned(): readonly string[] {
    return this.#in('abandoned');
  }

  renewable(): readonly string[] {
    return this.#in('kept', 'leaving');
  }

  names(): readonly string[] {
    return [...this.#entries.keys()];
  }

  add(names: readonly string[], until: number): void {
    for (const name of names) this.#entries.set(name, { until, state: 'kept' });
  }

  /** Drops those of what was asked for that were not renewed, and answers them. What is no longer renewable is left as it is. */
  renew(asked: readonly string[], until: number, isRenewed: (name: string) => boolean): readonly string[] {
    const renewable = new Set(this.renewable());
    const current = asked.filter((name) => renewable.has(name));
    for (const name of current.filter(isRenewed)) this.#entries.get(name)!.until = until;
    const gone = current.filter((name) => !isRenewed(name));
    this.drop(gone);
    return gone;
  }

  /** Answers those whose work may still be going on. */
  dropRunOut(): readonly string[] {
    const out = [...this.#entries].filter(([, { until }]) => this.timer.now() >= until);
    this.drop(out.map(([name]) => name));
    return out.filter(([, { state }]) => state !== 'released').map(([name]) => name);
  }

  /** Answers those of the names that have not been lost meanwhile. */
  become(state: State, names: readonly string[]): readonly string[] {
    const present = names.filter((name) => this.#entries.has(name));
    for (const name of present) this.#entries.get(name)!.state = state;
    return present;
  }

  /** Keeps them from being taken for as long as a lease lasts. */
  bar(names: readonly string[]): void {
    for (const name of names) this.#entries.set(name, { until: this.untilFromNow(), state: 'released' });
  }

  drop(names: readonly string[]): void {
    for (const name of names) this.#entries.delete(name);
  }

  #in(...states: readonly State[]): string[] {
    return [...this.#entries].filter(([, { state }]) => states.includes(state)).map(([name]) => name);
  }
}
