import { START, type Position } from '../../kernel/index.ts';
import type { DeclaredFields } from '../declared-fields.ts';
import type { Entry, Registry } from './registry.ts';

/** So long at most a process reads a set that another one has swapped away. */
const FRESH_MS = 1_000;
/** A set is kept so long after that: reads may be slow, and processes may stand still. */
export const KEPT_MS = 60_000;

/** A generation that was served when it was asked for; in milliseconds of the reader's clock. */
export type Seen = { readonly generation: number; readonly askedAt: number };

/** Which documents the calls of a collection are about. */
export interface DocumentSet {
  toRead(): Promise<Seen>;
  /** Whether the set was still there when it was read. */
  isKept(seen: Seen): Promise<boolean>;
  /** Rejects if documents of this declaration must not be written. */
  toWrite(fields: DeclaredFields): Promise<number>;
  /** It was gone when its checkpoint was to be moved. Rejects unless there is another to write to. */
  replaced(generation: number): Promise<void>;
  /** As the server knows it. */
  checkpoint(): Promise<Position>;
  isStale(fields: DeclaredFields): boolean;
}

/** The served set as this process knows it; all who hold the live documents share it. */
export class LiveSet implements DocumentSet {
  #entry: Entry;
  #askedAt: number;
  /** Of what this process has opened, or swapped in by itself. */
  #chosen: Pick<Entry, 'first' | 'live'>;
  #asking: Promise<unknown> | undefined;

  constructor(
    private readonly registry: Pick<Registry, 'read'>,
    private readonly now: () => number,
    entry: Entry,
    askedAt: number,
  ) {
    this.#entry = entry;
    this.#askedAt = askedAt;
    this.#chosen = entry;
  }

  /** An answer may have been overtaken by a swap; generations only grow. */
  take(entry: Entry, askedAt: number): void {
    if (entry.first === this.#entry.first && entry.live < this.#entry.live) return;
    this.#entry = entry;
    this.#askedAt = Math.max(askedAt, this.#askedAt);
  }

  choose(entry: Entry, askedAt: number): void {
    this.take(entry, askedAt);
    this.#chosen = this.#entry;
  }

  async toRead(): Promise<Seen> {
    if (this.now() - this.#askedAt >= FRESH_MS) {
      this.#asking ??= this.#ask().finally(() => (this.#asking = undefined));
      await this.#asking;
    }
    return { generation: this.#entry.live, askedAt: this.#askedAt };
  }

  async isKept({ generation, askedAt }: Seen): Promise<boolean> {
    return this.now() - askedAt < KEPT_MS / 2 || (await this.#ask()).live === generation;
  }

  /**
   * What another process has rebuilt as another version of the projection is not for this one to write. And whoever has folded
   * further than a database that was made anew would claim what is not in it.
   */
  async toWrite({ name, version }: DeclaredFields): Promise<number> {
    const { generation } = await this.toRead();
    const served = this.#entry.sets[generation]?.version;
    if (this.#entry.first !== this.#chosen.first) throw new Error(`The documents of ${name} were dropped: start again`);
    if (generation === this.#chosen.live || served === version) return generation;
    throw new Error(`Another process has rebuilt ${name} as version ${served}; this one is of version ${version}`);
  }

  async replaced(generation: number): Promise<void> {
    const { _id, live } = await this.#ask();
    if (live === generation) throw new Error(`The documents of ${_id} were dropped`);
  }

  async checkpoint(): Promise<Position> {
    const { live, sets } = await this.#ask();
    return sets[live]?.checkpoint ?? START;
  }

  /** Also when a field was declared later: what was stored before is not found by it. */
  isStale(fields: DeclaredFields): boolean {
    const set = this.#entry.sets[this.#entry.live];
    return set?.version !== fields.version || [...fields.types].some(([field, type]) => set.fields[field] !== type);
  }

  async #ask(): Promise<Entry> {
    const askedAt = this.now();
    this.take(await this.registry.read(this.#entry._id), askedAt);
    return this.#entry;
  }
}

/** A set that is filled beside the served one. */
export class RebuiltSet implements DocumentSet {
  constructor(
    private readonly registry: Pick<Registry, 'read'>,
    private readonly name: string,
    private readonly generation: number,
  ) {}

  async toRead(): Promise<Seen> {
    return { generation: this.generation, askedAt: 0 };
  }

  /** Nobody else drops it but another rebuild, and then it is of no use. */
  async isKept(): Promise<boolean> {
    return true;
  }

  async toWrite(): Promise<number> {
    return this.generation;
  }

  async replaced(): Promise<void> {
    throw new Error(`These documents of ${this.name} were dropped by a later rebuild`);
  }

  async checkpoint(): Promise<Position> {
    return (await this.registry.read(this.name)).sets[this.generation]?.checkpoint ?? START;
  }

  isStale(): boolean {
    return false;
  }
}
