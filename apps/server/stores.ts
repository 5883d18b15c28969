import { hash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../../libs/platform/config/index.ts';
import { SqliteEventStore } from '../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import { openEventStoreDb } from '../../libs/platform/event-store/eventstoredb/event-store-db.ts';
import { StoreUnavailable, type EventStore } from '../../libs/platform/event-store/index.ts';
import { bystander, Share, soleOwnerships, type Ownerships } from '../../libs/platform/leases/index.ts';
import { MongoLeases } from '../../libs/platform/leases/mongodb/mongo-leases.ts';
import { openPlatformStreams } from '../../libs/platform/platform-streams/eventstoredb/event-store-db-platform-streams.ts';
import type { PlatformStreams } from '../../libs/platform/platform-streams/index.ts';
import { openSqliteReadModel } from '../../libs/platform/read-model/embedded/sqlite-read-model.ts';
import { connectMongo, type MongoConnection } from '../../libs/platform/read-model/mongodb/mongo-connection.ts';
import { openMongoReadModel } from '../../libs/platform/read-model/mongodb/mongo-read-model.ts';
import { ReadModelUnavailable, type ReadModel } from '../../libs/platform/read-model/index.ts';
import type { Logger } from '../../libs/platform/runtime/index.ts';

/** Where everything is kept, and which part of the work on it is this process's. */
export type Stores = {
  readonly eventStore: EventStore;
  readonly readModel: ReadModel;
  readonly platformStreams: PlatformStreams | undefined;
  readonly ownerships: Ownerships;
  /** What the engines that cannot be used at this moment say. They are tried again by themselves. */
  readonly failures: () => readonly Error[];
  readonly close: () => Promise<void>;
};

export type StoresOptions = {
  readonly logger: Logger;
  /** Whether embedded stores write in threads of their own, which leaves this one to serve, or inline, which starts faster. */
  readonly writer: 'thread' | 'inline';
};

/** A restart of the event store is over by then. */
const PATIENCE_MS = 10_000;

/** An engine cannot be reached now; trying again may be of use. */
export const isAway = (error: unknown): error is Error =>
  error instanceof StoreUnavailable || error instanceof ReadModelUnavailable;

/**
 * Each store is an engine if there is a URL for it, else a file in the data folder.
 * @throws {StoreUnavailable | ReadModelUnavailable} when an engine cannot be reached now.
 */
export async function openStores(config: Config, { logger, writer }: StoresOptions): Promise<Stores> {
  const { eventStoreUrl, mongoUrl, dataDir, streamPrefix, ingestStreams } = config;
  const opened: { close(): Promise<void> }[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  const kept = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    opened.push(part);
    return part;
  };
  try {
    const eventStore = kept(
      eventStoreUrl === ''
        ? new SqliteEventStore(join(dataDir, 'events.db'), { writer })
        : await openEventStoreDb({ url: eventStoreUrl, prefix: streamPrefix, logger }),
    );
    const mongo = mongoUrl === '' ? undefined : kept(await connectMongo(mongoUrl, { logger }));
    const readModel = kept(
      mongo ? openMongoReadModel(mongo) : openSqliteReadModel(join(dataDir, documentsOf(config)), { writer }),
    );
    const streams = { url: eventStoreUrl, prefixes: ingestStreams, ownPrefix: streamPrefix, logger };
    const platformStreams = ingestStreams.length === 0 ? undefined : kept(openPlatformStreams(streams));
    const failures = () => [eventStore, mongo, platformStreams].flatMap((engine) => engine?.failure ?? []);
    const ownerships = ownershipsOf(config, eventStore, mongo, logger);
    return { eventStore, readModel, platformStreams, ownerships, failures, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Documents of one history are of no use to another: each event store has a file of its own. */
function documentsOf({ eventStoreUrl, streamPrefix }: Config): string {
  if (eventStoreUrl === '') return 'read-models.db';
  const where = eventStoreUrl.replace(/\/\/[^/?]*@/, '//').replace(/\?.*$/, '');
  return `read-models-${hash('sha256', `${where} ${streamPrefix}`).slice(0, 12)}.db`;
}

/** Only where every process has both stores can they share the work. */
function ownershipsOf(
  { eventStoreUrl, roles }: Config,
  eventStore: EventStore,
  mongo: MongoConnection | undefined,
  logger: Logger,
): Ownerships {
  if (eventStoreUrl === '' || !mongo) return soleOwnerships;
  if (!roles.includes('worker')) return () => bystander;
  const owner = randomUUID();
  const leases = new MongoLeases(mongo.db);
  const canWork = isUsed(eventStore);
  return (group, lastsMs) => new Share({ leases, group, owner, lastsMs, logger, canWork });
}

/** False once the event store has been away from this process for a while: others may reach it. */
function isUsed(eventStore: EventStore): () => boolean {
  let lastReached = performance.now();
  return () => {
    if (eventStore.failure === undefined) lastReached = performance.now();
    return performance.now() - lastReached < PATIENCE_MS;
  };
}
