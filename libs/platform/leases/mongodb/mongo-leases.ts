import { randomUUID } from 'node:crypto';
import { MongoBulkWriteError, type Collection, type Db } from 'mongodb';
import type { Lease, Leases } from '../port.ts';

type LeaseDocument = {
  readonly _id: string;
  readonly owner: string;
  readonly renewedAt: Date;
  readonly lastsMs: number;
  /** Names the call that wrote this last, so that the call can tell what it has changed. */
  readonly call: string;
};

/** How long a call waits for its answer. */
const PATIENCE_MS = 2_000;
/** No lease lasts as long; what has not been renewed for it is a name that nobody uses any more. */
const FORGOTTEN_AFTER_S = 86_400;
const DUPLICATE_KEY = 11_000;

/** Date and clock are both cut to the millisecond, so a lease is over only in the millisecond after its last. */
const hasRunOut = { $lt: [{ $add: ['$renewedAt', '$lastsMs'] }, '$$NOW'] };

/**
 * Leases by the time of the server: it alone sets `renewedAt` and compares it. After a failover that is another machine's clock, so
 * the members of a replica set must agree on the time to well within a lease.
 */
export class MongoLeases implements Leases {
  readonly #leases: Collection<LeaseDocument>;
  #indexed = false;

  constructor(
    db: Db,
    private readonly patienceMs = PATIENCE_MS,
  ) {
    this.#leases = db.collection<LeaseDocument>('leases', {
      readPreference: 'primary',
      // A single server that crashes must not have forgotten who holds what, either.
      writeConcern: { w: 'majority', journal: true, wtimeoutMS: patienceMs },
    });
  }

  async take(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    if (names.length === 0) return [];
    return this.#soon(this.#take(owner, names, lastsMs));
  }

  async renew(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    if (names.length === 0) return [];
    return this.#soon(this.#renew(owner, names, lastsMs));
  }

  async release(owner: string, names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    await this.#soon(this.#leases.deleteMany({ _id: { $in: [...names] }, owner }, { maxTimeMS: this.patienceMs }));
  }

  async held(prefix: string): Promise<readonly Lease[]> {
    const filter = { _id: { $gte: prefix, $lt: `${prefix}\u{10ffff}` }, $expr: { $not: [hasRunOut] } };
    const leases = this.#leases.find(filter, { projection: { owner: 1 }, maxTimeMS: this.patienceMs });
    return (await this.#soon(leases.toArray())).map(({ _id, owner }) => ({ name: _id, owner }));
  }

  async #take(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    await this.#forgetOld();
    const call = randomUUID();
    const takeable = { $or: [{ $eq: ['$owner', { $literal: owner }] }, hasRunOut] };
    await this.#leases.updateMany({ _id: { $in: [...names] }, $expr: takeable }, written(owner, lastsMs, call), {
      maxTimeMS: this.patienceMs,
    });
    const calls = new Map((await this.#find(names)).map((lease) => [lease._id, lease.call]));
    const inserted = await this.#insert(
      owner,
      names.filter((name) => !calls.has(name)),
      written(owner, lastsMs, call),
    );
    return names.filter((name) => calls.get(name) === call || inserted.has(name));
  }

  async #renew(owner: string, names: readonly string[], lastsMs: number): Promise<readonly string[]> {
    const call = randomUUID();
    const filter = { _id: { $in: [...names] }, owner, $expr: { $not: [hasRunOut] } };
    await this.#leases.updateMany(filter, written(owner, lastsMs, call), { maxTimeMS: this.patienceMs });
    return (await this.#find(names)).filter((lease) => lease.call === call).map((lease) => lease._id);
  }

  #find(names: readonly string[]): Promise<Pick<LeaseDocument, '_id' | 'call'>[]> {
    const options = { projection: { call: 1 }, maxTimeMS: this.patienceMs };
    return this.#leases.find({ _id: { $in: [...names] } }, options).toArray();
  }

  /** Upserts, because the server's time cannot be inserted; whoever comes second has a duplicate key. An upsert may not use `$expr`. */
  async #insert(
    owner: string,
    names: readonly string[],
    update: ReturnType<typeof written>,
  ): Promise<ReadonlySet<string>> {
    if (names.length === 0) return new Set();
    const upserts = names.map((name) => ({ updateOne: { filter: { _id: name, owner }, update, upsert: true } }));
    try {
      await this.#leases.bulkWrite(upserts, { ordered: false, maxTimeMS: this.patienceMs });
      return new Set(names);
    } catch (error) {
      const failed = duplicates(error);
      return new Set(names.filter((_, index) => !failed.has(index)));
    }
  }

  /** A socket that nobody answers on is noticed late by the driver; holders have to know before their leases run out. */
  async #soon<T>(answer: Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`No answer within ${this.patienceMs} ms.`)), this.patienceMs);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #forgetOld(): Promise<void> {
    if (this.#indexed) return;
    await this.#leases.createIndex({ renewedAt: 1 }, { expireAfterSeconds: FORGOTTEN_AFTER_S });
    this.#indexed = true;
  }
}

const written = (owner: string, lastsMs: number, call: string) =>
  ({ $set: { owner, lastsMs, call }, $currentDate: { renewedAt: true } }) as const;

/** The indexes of the writes that found the name taken; throws when anything else went wrong. */
function duplicates(error: unknown): ReadonlySet<number> {
  if (!(error instanceof MongoBulkWriteError)) throw error;
  const failures = [error.writeErrors].flat();
  const isAboutNames = failures.length > 0 && failures.every(({ code }) => code === DUPLICATE_KEY);
  if (!isAboutNames || error.result.getWriteConcernError()) throw error;
  return new Set(failures.map(({ index }) => index));
}
