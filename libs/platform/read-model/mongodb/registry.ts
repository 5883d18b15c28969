import { MongoServerError, type Collection, type Db } from 'mongodb';
import { START, type Position } from '../../kernel/index.ts';
import type { DeclaredFields, FieldType } from '../declared-fields.ts';

/** One set of documents: a collection of its own. */
export type SetEntry = {
  readonly version: number;
  /** What queries could name when it was begun. */
  readonly fields: Readonly<Record<string, FieldType>>;
  readonly checkpoint: Position;
};
/**
 * All sets of a projection. Their generations are counted up from the millisecond in which the first was made, so none comes twice,
 * even when the database was dropped: what is written to a dropped set is never served.
 */
export type Entry = {
  readonly _id: string;
  readonly first: number;
  readonly live: number;
  readonly next?: number;
  readonly last: number;
  readonly sets: Readonly<Record<string, SetEntry>>;
  /** When sets were swapped away, by the server's time; others may be reading them yet. */
  readonly retired?: Readonly<Record<string, Date>>;
};

const DUPLICATE_KEY = 11000;

/** Which sets there are, and how far each has come. Every change is one write of one document. */
export class Registry {
  readonly #entries: Collection<Entry>;

  constructor(db: Db, replicated: boolean) {
    // A checkpoint that was once told must not be taken back by a failover.
    this.#entries = db.collection<Entry>('projections', replicated ? { readConcern: 'majority' } : {});
  }

  async read(name: string): Promise<Entry> {
    return found(name, await this.#entries.findOne({ _id: name }));
  }

  /** With a first set if there is none. */
  async open(fields: DeclaredFields): Promise<Entry> {
    const first = Date.now();
    const made = { first, live: first, last: first, sets: { [first]: entryOf(fields) } };
    for (;;) {
      try {
        const options = { upsert: true, returnDocument: 'after' } as const;
        const entry = await this.#entries.findOneAndUpdate({ _id: fields.name }, { $setOnInsert: made }, options);
        return found(fields.name, entry);
      } catch (error) {
        // Another process made it in this moment.
        if (!(error instanceof MongoServerError && error.code === DUPLICATE_KEY)) throw error;
      }
    }
  }

  /** Begins a set in place of one that is being rebuilt. */
  async begin(fields: DeclaredFields): Promise<Entry & { readonly next: number }> {
    const after = { returnDocument: 'after' } as const;
    for (;;) {
      const counted = await this.#entries.findOneAndUpdate({ _id: fields.name }, { $inc: { last: 1 } }, after);
      const { last, next: abandoned } = found(fields.name, counted);
      const begun = await this.#entries.findOneAndUpdate(
        { _id: fields.name, last, next: abandoned ?? { $exists: false } },
        {
          $set: { next: last, [`sets.${last}`]: entryOf(fields) },
          ...(abandoned !== undefined && { $unset: { [`sets.${abandoned}`]: '' } }),
        },
        after,
      );
      if (begun) return { ...begun, next: last };
    }
  }

  /** The entry after it; undefined if anything relevant has changed since it was read. */
  async swap({ _id, live, next, sets }: Entry): Promise<Entry | undefined> {
    const swapped = await this.#entries.findOneAndUpdate(
      { _id, live, next, [`sets.${live}.checkpoint`]: sets[live]?.checkpoint },
      {
        $set: { live: next },
        $unset: { next: '', [`sets.${live}`]: '' },
        $currentDate: { [`retired.${live}`]: true },
      },
      { returnDocument: 'after' },
    );
    return swapped ?? undefined;
  }

  /** Never back. False if the set has been swapped away or dropped. */
  async moveCheckpoint(name: string, generation: number, checkpoint: Position): Promise<boolean> {
    const set = `sets.${generation}`;
    const { matchedCount } = await this.#entries.updateOne(
      { _id: name, [set]: { $exists: true } },
      { $max: { [`${set}.checkpoint`]: checkpoint } },
    );
    return matchedCount === 1;
  }

  async forget(name: string, generations: readonly string[]): Promise<void> {
    const gone = Object.fromEntries(generations.map((generation) => [`retired.${generation}`, '' as const]));
    await this.#entries.updateOne({ _id: name }, { $unset: gone });
  }
}

const entryOf = ({ version, types }: DeclaredFields): SetEntry => ({
  version,
  fields: Object.fromEntries(types),
  checkpoint: START,
});

function found(name: string, entry: Entry | null): Entry {
  if (!entry) throw new Error(`There are no documents of ${name}`);
  return entry;
}
