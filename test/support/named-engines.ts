import { randomBytes } from 'node:crypto';
import { connectMongo } from '../../libs/platform/read-model/mongodb/mongo-connection.ts';
import { withDatabase } from '../chaos/engine-data.ts';
import { CLIENT } from './client.ts';

/**
 * Streams and a database of one's own on the engines that the environment names (`EVENTSTORE_URL`, `MONGODB_URL`); where it names
 * none, the stores are embedded.
 */
export class NamedEngines {
  readonly #eventStore = process.env['EVENTSTORE_URL'] ?? '';
  readonly #mongo = process.env['MONGODB_URL'] ?? '';
  readonly #prefix = `test${randomBytes(6).toString('hex')}.`;
  readonly #databases = [newDatabase()];

  get documentsAreEmbedded(): boolean {
    return this.#mongo === '';
  }

  /** For the configuration. */
  get env(): Record<string, string> {
    const events = { EVENTSTORE_URL: this.#eventStore, STREAM_PREFIX: this.#prefix, ENCRYPTION_KEY: 'ab'.repeat(32) };
    const secrets = { BOOTSTRAP_CLIENT_ID: CLIENT.id, BOOTSTRAP_CLIENT_SECRET: CLIENT.secret };
    return {
      ...(this.#eventStore === '' ? {} : { ...events, ...secrets }),
      ...(this.#mongo === '' ? {} : { MONGODB_URL: this.#mongoUrl() }),
    };
  }

  /** What can be built again is not there any more. */
  loseDocuments(): void {
    this.#databases.push(newDatabase());
  }

  /** Drops the databases. The streams stay: an EventStoreDB deletes one at a time, and keeps a note of each for ever. */
  async dispose(): Promise<void> {
    if (this.documentsAreEmbedded) return;
    for (const database of this.#databases) {
      const connection = await connectMongo(this.#mongoUrl(database));
      await connection.db.dropDatabase().finally(() => connection.close());
    }
  }

  #mongoUrl(database = this.#databases.at(-1) ?? ''): string {
    return withDatabase(this.#mongo, database);
  }
}

const newDatabase = (): string => `carillon-test-${randomBytes(6).toString('hex')}`;
