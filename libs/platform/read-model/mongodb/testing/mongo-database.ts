import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe } from '@jest/globals';
import type { Collection } from 'mongodb';
import { findEngine, type Engine } from '../../../testing/engine.ts';
import type { ReadModel } from '../../port.ts';
import { connectMongo, type MongoConnection } from '../mongo-connection.ts';
import { openMongoReadModel, type MongoReadModelOptions } from '../mongo-read-model.ts';
import type { StoredDocument } from '../query-filter.ts';
import type { Entry } from '../registry.ts';
import { mongoSearch } from './mongo-search.ts';

const engine = await findEngine(mongoSearch);
if (engine) afterAll(engine.stop);

/** A suite that needs a server; skipped where none can be found. */
export function describeOnMongo(name: string, suite: (engine: Engine) => void): void {
  if (engine) describe(name, () => suite(engine));
  else describe.skip(name, () => suite({ url: '', stop: async () => undefined }));
}

/** The server of this URL, with an empty database. */
export const connectToFresh = (url: string): Promise<MongoConnection> =>
  connectMongo(url.replace(/^([^/]*\/\/[^/?]+)(\/[^?]*)?/, `$1/carillon-${randomUUID().slice(0, 13)}`));

/** An empty database for each test, dropped at its end; what was opened is closed. */
export class MongoDatabase {
  #connection: MongoConnection | undefined;
  #opened: ReadModel[] = [];

  constructor(url: string) {
    beforeEach(async () => void (this.#connection = await connectToFresh(url)));
    afterEach(async () => {
      for (const model of this.#opened.splice(0)) await model.close();
      await this.connection.db.dropDatabase();
      await this.connection.close();
    });
  }

  get connection(): MongoConnection {
    if (!this.#connection) throw new Error('Only a test has a database');
    return this.#connection;
  }

  get entries(): Collection<Entry> {
    return this.connection.db.collection<Entry>('projections');
  }

  /** As another process would. */
  open(options: MongoReadModelOptions = {}): ReadModel {
    const model = openMongoReadModel(this.connection, options);
    this.#opened.push(model);
    return model;
  }

  /** The documents that are served. */
  async served(name: string): Promise<Collection<StoredDocument>> {
    const entry = await this.entries.findOne({ _id: name });
    return this.connection.db.collection<StoredDocument>(`${name}_g${entry?.live}`);
  }

  /** How many sets of a projection have a collection. */
  async sets(name: string): Promise<number> {
    const collections = await this.connection.db.listCollections().toArray();
    return collections.filter((collection) => collection.name.startsWith(`${name}_g`)).length;
  }
}
