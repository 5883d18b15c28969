import { randomBytes } from 'node:crypto';
import { CLIENT } from './client.ts';

/**
 * Streams and a database of one's own on the engines that the environment names (`EVENTSTORE_URL`, `MONGODB_URL`); where it names
 * none, the stores are embedded.
 */
export class NamedEngines {
  readonly #eventStore = process.env['EVENTSTORE_URL'] ?? '';
  readonly #mongo = process.env['MONGODB_URL'] ?? '';
  readonly #prefix = `test${randomBytes(6).toString('hex')}.`;
  #database = newDatabase();

  get documentsAreEmbedded(): boolean {
    return this.#mongo === '';
  }

  /** For the configuration. */
  get env(): Record<string, string> {
    const events = { EVENTSTORE_URL: this.#eventStore, STREAM_PREFIX: this.#prefix, ENCRYPTION_KEY: 'ab'.repeat(32) };
    const secrets = { BOOTSTRAP_CLIENT_ID: CLIENT.id, BOOTSTRAP_CLIENT_SECRET: CLIENT.secret };
    return {
      ...(this.#eventStore === '' ? {} : { ...events, ...secrets }),
      ...(this.#mongo === '' ? {} : { MONGODB_URL: inDatabase(this.#mongo, this.#database) }),
    };
  }

  /** What can be built again is not there any more. */
  loseDocuments(): void {
    this.#database = newDatabase();
  }
}

const newDatabase = (): string => `carillon-test-${randomBytes(6).toString('hex')}`;
const inDatabase = (url: string, name: string): string =>
  url.replace(/^([^/]*\/\/[^/?]+)(\/[^?]*)?/, (_, server: string) => `${server}/${name}`);
