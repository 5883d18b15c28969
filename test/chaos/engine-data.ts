import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { openEventStoreDb } from '../../libs/platform/event-store/eventstoredb/event-store-db.ts';
import type { EventStore } from '../../libs/platform/event-store/index.ts';
import { connectMongo } from '../../libs/platform/read-model/mongodb/mongo-connection.ts';
import { openMongoReadModel } from '../../libs/platform/read-model/mongodb/mongo-read-model.ts';
import type { ReadModel } from '../../libs/platform/read-model/index.ts';
import { temporaryFolder, type TrialData } from './trial-data.ts';

export type EngineUrls = { readonly eventStore: string; readonly mongo: string };

/** Streams of a prefix of their own in an EventStoreDB, and databases of their own in a MongoDB. */
export class EngineData implements TrialData {
  readonly #name = `chaos${randomBytes(4).toString('hex')}`;
  readonly #key = randomBytes(32).toString('hex');
  readonly #databases = [this.#name];

  private constructor(
    readonly folder: string,
    private readonly urls: EngineUrls,
  ) {}

  static async on(urls: EngineUrls): Promise<EngineData> {
    return new EngineData(await temporaryFolder(), urls);
  }

  get env(): Record<string, string> {
    return {
      EVENTSTORE_URL: this.urls.eventStore,
      STREAM_PREFIX: this.#prefix,
      MONGODB_URL: this.#mongoUrl(this.#databases.at(-1)),
      ENCRYPTION_KEY: this.#key,
    };
  }

  get place(): string {
    return `the streams ${this.#prefix}* and the databases ${this.#databases.join(', ')}`;
  }

  async readEvents<T>(read: (store: EventStore) => Promise<T>): Promise<T> {
    const store = await openEventStoreDb({ url: this.urls.eventStore, prefix: this.#prefix });
    return read(store).finally(() => store.close());
  }

  async readDocuments<T>(read: (readModel: ReadModel) => Promise<T>): Promise<T> {
    const connection = await connectMongo(this.#mongoUrl(this.#databases.at(-1)));
    const readModel = openMongoReadModel(connection);
    return read(readModel)
      .finally(() => readModel.close())
      .finally(() => connection.close());
  }

  async loseDocuments(): Promise<void> {
    this.#databases.push(`${this.#name}_${this.#databases.length}`);
  }

  /** The streams stay: an EventStoreDB deletes one at a time, and keeps a note of each for ever. */
  async remove(): Promise<void> {
    for (const database of this.#databases) {
      const connection = await connectMongo(this.#mongoUrl(database));
      await connection.db.dropDatabase().finally(() => connection.close());
    }
    await rm(this.folder, { recursive: true, force: true });
  }

  get #prefix(): string {
    return `${this.#name}.`;
  }

  #mongoUrl(database = this.#name): string {
    return withDatabase(this.urls.mongo, database);
  }
}

/** A connection string of MongoDB, with another database for everything but the user. */
export function withDatabase(url: string, database: string): string {
  const [, hosts = '', before = '', options = ''] = /^([^/]*\/\/[^/?]+)\/?([^?]*)\??(.*)$/.exec(url) ?? [];
  const isNamed = /(^|&)authSource=/i.test(options);
  const users = hosts.includes('@') && !isNamed ? [`authSource=${before === '' ? 'admin' : before}`] : [];
  const all = [...(options === '' ? [] : [options]), ...users].join('&');
  return `${hosts}/${database}${all === '' ? '' : `?${all}`}`;
}
