import type { Lease, Leases } from '../port.ts';

/** Leases in memory, by a clock that is given: what the sharing of names is simulated with. */
export class MemoryLeases implements Leases {
  readonly #leases = new Map<string, { owner: string; until: number }>();

  constructor(private readonly now: () => number) {}

  async take(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    return this.#write(
      owner,
      names.filter((name) => (this.ownerOf(name) ?? owner) === owner),
      lastsMs,
    );
  }

  async renew(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    return this.#write(
      owner,
      names.filter((name) => this.ownerOf(name) === owner),
      lastsMs,
    );
  }

  async release(owner: string, names: readonly string[]): Promise<void> {
    for (const name of names) if (this.ownerOf(name) === owner) this.#leases.delete(name);
  }

  async held(prefix: string): Promise<readonly Lease[]> {
    return [...this.#leases.keys()].flatMap((name) => {
      const owner = this.ownerOf(name);
      return owner !== undefined && name.startsWith(prefix) ? [{ name, owner }] : [];
    });
  }

  /** Who holds it at this moment. */
  ownerOf(name: string): string | undefined {
    const lease = this.#leases.get(name);
    return lease && this.now() <= lease.until ? lease.owner : undefined;
  }

  #write(owner: string, names: readonly string[], lastsMs: number): readonly string[] {
    for (const name of names) this.#leases.set(name, { owner, until: this.now() + lastsMs });
    return names;
  }
}
