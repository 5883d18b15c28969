import type { Projection } from '../../kernel/index.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Collection, ReadModel } from '../port.ts';
import { Calls } from './calls.ts';
import { KEPT_MS, LiveSet, RebuiltSet, type DocumentSet } from './document-sets.ts';
import { fitIndexes } from './indexes.ts';
import { MongoCollection } from './mongo-collection.ts';
import type { MongoConnection } from './mongo-connection.ts';
import type { StoredDocument } from './query-filter.ts';
import { Registry, type Entry } from './registry.ts';
import { dropUnserved } from './unserved-sets.ts';

/** A rebuild that this process has begun, and where the served documents were then. */
type Rebuild = { readonly generation: number; readonly from: number };

export type MongoReadModelOptions = {
  /** Of a clock that never goes back, in milliseconds. */
  readonly now?: () => number;
};

/** Documents in a MongoDB database that any number of processes may share. The connection stays its owner's to close. */
export function openMongoReadModel(
  connection: MongoConnection,
  { now = () => performance.now() }: MongoReadModelOptions = {},
): ReadModel {
  return new MongoReadModel(connection, now);
}

class MongoReadModel implements ReadModel {
  readonly #registry: Registry;
  readonly #calls = new Calls();
  readonly #live = new Map<string, LiveSet>();
  readonly #rebuilds = new Map<string, Rebuild>();
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(
    private readonly connection: MongoConnection,
    private readonly now: () => number,
  ) {
    this.#registry = new Registry(connection.db, connection.replicated);
  }

  async live<Doc extends object>(projection: Projection<Doc, never>): Promise<MongoCollection<Doc>> {
    const fields = new DeclaredFields(projection);
    return this.#calls.run(async () => {
      const askedAt = this.now();
      const entry = await this.#registry.open(fields);
      await this.#fit(fields, entry.live);
      await this.#dropUnserved(fields.name);
      return this.#collection<Doc>(fields, this.#serve(entry, askedAt));
    });
  }

  async rebuild<Doc extends object>(projection: Projection<Doc, never>): Promise<Collection<Doc>> {
    const fields = new DeclaredFields(projection);
    return this.#calls.run(async () => {
      await this.#registry.open(fields);
      const { next, live, sets } = await this.#registry.begin(fields);
      await this.#fit(fields, next);
      await this.#dropUnserved(fields.name);
      this.#rebuilds.set(fields.name, { generation: next, from: checkpointOf({ sets }, live) });
      return this.#collection<Doc>(fields, new RebuiltSet(this.#registry, fields.name, next));
    });
  }

  async swap(name: string): Promise<void> {
    return this.#calls.run(async () => {
      const rebuild = this.#rebuilds.get(name);
      if (!rebuild) throw new Error(`There is no rebuild of ${name} to swap in`);
      const askedAt = this.now();
      this.#serve(await this.#swap(name, rebuild), askedAt);
      this.#rebuilds.delete(name);
      this.#dropLater(name);
    });
  }

  async close(): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    await this.#calls.close();
  }

  async #swap(name: string, { generation, from }: Rebuild): Promise<Entry> {
    for (;;) {
      const entry = await this.#registry.read(name);
      // It was swapped in, and the answer was lost.
      if (entry.live === generation) return entry;
      if (entry.next !== generation) throw new Error(`The rebuild of ${name} was given up for a later one`);
      // Their commits would be lost, and the checkpoints they go on from would claim them.
      if (checkpointOf(entry, entry.live) > Math.max(from, checkpointOf(entry, generation))) {
        throw new Error(`The documents of ${name} have come further meanwhile than those that were rebuilt`);
      }
      const swapped = await this.#registry.swap(entry);
      if (swapped) return swapped;
    }
  }

  #serve(entry: Entry, askedAt: number): LiveSet {
    const known = this.#live.get(entry._id);
    known?.choose(entry, askedAt);
    const set = known ?? new LiveSet(this.#registry, this.now, entry, askedAt);
    this.#live.set(entry._id, set);
    return set;
  }

  #collection<Doc extends object>(fields: DeclaredFields, set: DocumentSet): MongoCollection<Doc> {
    return new MongoCollection<Doc>(fields, set, this.#documents, this.#registry, this.#calls);
  }

  readonly #documents = (name: string, generation: number) =>
    this.connection.db.collection<StoredDocument>(`${name}_g${generation}`);

  #fit(fields: DeclaredFields, generation: number): Promise<void> {
    return fitIndexes(this.#documents(fields.name, generation), fields, () => this.connection.failure);
  }

  /** What cannot be dropped now is dropped another time. */
  async #dropUnserved(name: string): Promise<void> {
    await dropUnserved(this.connection.db, this.#registry, name).catch(() => undefined);
  }

  #dropLater(name: string): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void this.#calls.run(() => this.#dropUnserved(name)).catch(() => undefined);
    }, KEPT_MS + 1_000);
    this.#timers.add(timer.unref());
  }
}

const checkpointOf = ({ sets }: Pick<Entry, 'sets'>, generation: number): number =>
  sets[generation]?.checkpoint ?? -Infinity;
