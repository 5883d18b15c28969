import { MongoClient, type Db, type MongoClientOptions, type TopologyDescription } from 'mongodb';
import type { Logger } from '../../runtime/index.ts';
import { ReadModelUnavailable } from '../port.ts';

/** One client of a server, replica set or sharded cluster. The driver reconnects by itself, for ever. */
export interface MongoConnection {
  /** The one that the URL names, or `carillon`. Reads go to the primary; writes are answered once a majority has them. */
  readonly db: Db;
  /** Whether what has been read can be rolled back, unless a majority is asked for. A single server knows no majority. */
  readonly replicated: boolean;
  /** What keeps the server from being written to at this moment, as far as the driver's monitoring has noticed. */
  readonly failure: Error | undefined;
  close(): Promise<void>;
}

const DATABASE = 'carillon';
/** A URL may say otherwise. */
const PATIENCE = {
  appName: 'carillon',
  serverSelectionTimeoutMS: 5_000,
  connectTimeoutMS: 5_000,
  waitQueueTimeoutMS: 10_000,
  heartbeatFrequencyMS: 2_000,
  // A process that hangs is noticed by the monitoring; this is for a connection that was cut without a word.
  socketTimeoutMS: 60_000,
  // Those that the network forgets while they are idle.
  maxIdleTimeMS: 120_000,
} satisfies MongoClientOptions;
const WRITABLE: ReadonlySet<string> = new Set(['Standalone', 'RSPrimary', 'Mongos', 'LoadBalancer']);
/** Rather than waiting for a majority that is not there. */
const MAJORITY_WITHIN_MS = 10_000;

/**
 * @throws {ReadModelUnavailable} naming the hosts, if they cannot be reached now.
 * @throws {TypeError} for what is no URL of MongoDB. Neither says anything of the credentials.
 */
export async function connectMongo(
  url: string,
  { logger }: { readonly logger?: Logger } = {},
): Promise<MongoConnection> {
  const client = clientOf(url);
  const { hosts, srvHost } = client.options;
  const at = srvHost ?? hosts.map((host) => host.toString()).join(', ');
  const connection = new Connection(client, nameOfDatabase(url), at, logger);
  try {
    const hello = await connection.db.command({ hello: 1 });
    connection.replicated = hello.setName !== undefined || hello.msg === 'isdbgrid';
    return connection;
  } catch (error) {
    await connection.close();
    throw unreachable(at, error);
  }
}

class Connection implements MongoConnection {
  readonly db: Db;
  replicated = false;
  #failure: Error | undefined;
  #closed = false;

  constructor(
    private readonly client: MongoClient,
    database: string | undefined,
    private readonly at: string,
    private readonly logger: Logger | undefined,
  ) {
    this.db = client.db(database ?? DATABASE);
    client.on('topologyDescriptionChanged', ({ newDescription }) => this.#note(newDescription));
  }

  get failure(): Error | undefined {
    return this.#failure;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.client.close();
  }

  #note(topology: TopologyDescription): void {
    if (this.#closed) return;
    const servers = [...topology.servers.values()];
    if (servers.some(({ type }) => WRITABLE.has(type))) {
      if (this.#failure) this.logger?.info({ engine: 'mongodb', at: this.at }, 'MongoDB can be reached again');
      this.#failure = undefined;
      return;
    }
    const cause = servers.find(({ error }) => error)?.error;
    if (this.#failure && !cause) return;
    if (!this.#failure && cause) {
      this.logger?.warn({ engine: 'mongodb', at: this.at, reason: cause.message }, 'MongoDB cannot be reached');
    }
    this.#failure = unreachable(this.at, cause ?? new Error('there is no primary'));
  }
}

function clientOf(url: string): MongoClient {
  const said = new Set([...new URLSearchParams(url.split('?')[1]).keys()].map((key) => key.toLowerCase()));
  const patience = Object.entries(PATIENCE).filter(([option]) => !said.has(option.toLowerCase()));
  try {
    return new MongoClient(url, {
      ...Object.fromEntries(patience),
      readPreference: 'primary',
      writeConcern: { w: 'majority', wtimeoutMS: MAJORITY_WITHIN_MS },
    });
  } catch (error) {
    const reason = error instanceof Error && !error.message.includes(url) ? `: ${error.message}` : '';
    throw new TypeError(`This is no connection string of MongoDB${reason}`);
  }
}

/** The driver would take `test` if none is named. */
const nameOfDatabase = (url: string): string | undefined =>
  /^[^/]*\/\/[^/]+\/([^?]+)/.exec(url)?.slice(1).map(decodeURIComponent)[0];

function unreachable(at: string, cause: unknown): ReadModelUnavailable {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ReadModelUnavailable(`MongoDB at ${at} cannot be reached: ${reason}`, { cause });
}
