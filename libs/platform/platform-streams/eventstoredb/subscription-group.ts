import { createHash } from 'node:crypto';
import {
  BACKWARDS,
  END,
  PersistentSubscriptionDoesNotExistError,
  PersistentSubscriptionExistsError,
  persistentSubscriptionToAllSettingsFromDefaults,
  PINNED,
  START,
  streamNameFilter,
  type EventStoreDBClient,
  type PersistentSubscriptionToAllInfo,
  type Position,
} from '@eventstore/db-client';

type From = Position | typeof START | typeof END;

/** The server parks what was given back more often than this, where nobody looks: it never does. */
const NEVER_PARK = 2 ** 31 - 1;
/** A consumer that has died loses its messages at once; this is for one that has stopped answering. */
const MESSAGE_TIMEOUT_MS = 60_000;
/** Checkpoint after each message if need be: what lies behind it comes again after the server was restarted. */
const CHECKPOINT_EVERY = { checkPointLowerBound: 1, checkPointUpperBound: 1_000, checkPointAfter: 1_000 };

/**
 * The persistent subscription that all consumers of an installation share. The server does not let a group change its filter, so
 * the prefixes are part of the name; the group of other prefixes is followed by one that goes on where that had got to.
 */
export class SubscriptionGroup {
  readonly name: string;
  readonly #family: string;
  readonly #prefixes: readonly string[];

  /** @param ownPrefix of the installation's own streams, which tells its groups from those of others. */
  constructor(prefixes: readonly string[], ownPrefix: string) {
    this.#prefixes = [...new Set(prefixes)].sort();
    this.#family = `${ownPrefix}ingestion-`;
    const hash = createHash('sha256').update(JSON.stringify(this.#prefixes)).digest('hex');
    this.name = `${this.#family}${hash.slice(0, 8)}`;
  }

  /** Makes it unless it is there. */
  async ensure(client: EventStoreDBClient): Promise<void> {
    const groups = await this.#groups(client);
    if (groups.some(({ groupName }) => groupName === this.name)) return;
    const settings = persistentSubscriptionToAllSettingsFromDefaults({
      startFrom: lowest(groups.map(reached)) ?? (await head(client)),
      consumerStrategyName: PINNED,
      maxRetryCount: NEVER_PARK,
      messageTimeout: MESSAGE_TIMEOUT_MS,
      ...CHECKPOINT_EVERY,
      readBatchSize: 100,
      historyBufferSize: 1_000,
      liveBufferSize: 1_000,
    });
    const filter = streamNameFilter({ prefixes: [...this.#prefixes] });
    await client.createPersistentSubscriptionToAll(this.name, settings, { filter }).catch((error: unknown) => {
      if (!(error instanceof PersistentSubscriptionExistsError)) throw error;
    });
  }

  /** Removes the groups of prefixes that are configured no more. Its own has to be there: it goes on where they had got to. */
  async replaceOthers(client: EventStoreDBClient): Promise<void> {
    for (const { groupName } of await this.#groups(client)) {
      if (groupName === this.name) continue;
      await client.deletePersistentSubscriptionToAll(groupName).catch((error: unknown) => {
        if (!(error instanceof PersistentSubscriptionDoesNotExistError)) throw error;
      });
    }
  }

  /** Those of this installation. */
  async #groups(client: EventStoreDBClient): Promise<PersistentSubscriptionToAllInfo[]> {
    const all = await client.listPersistentSubscriptionsToAll().catch((error: unknown) => {
      if (error instanceof PersistentSubscriptionDoesNotExistError) return [];
      throw error;
    });
    return all.filter(({ groupName }) => groupName.startsWith(this.#family));
  }
}

/** Everything before has been acknowledged. */
const reached = ({ stats, settings }: PersistentSubscriptionToAllInfo): From =>
  stats.lastCheckpointedEventPosition ?? settings.startFrom;

function lowest(positions: readonly From[]): Position | typeof START | undefined {
  if (positions.includes(START)) return START;
  const places = positions.filter((position) => typeof position === 'object');
  return places.sort((a, b) => (a.commit < b.commit ? -1 : 1))[0];
}

/** A place, not `END`: a group that begins at the end begins there again if the server is restarted before its first checkpoint. */
async function head(client: EventStoreDBClient): Promise<Position | typeof START> {
  let newest: Position | undefined;
  // A read that is left before its end is never given up by the client.
  for await (const { event } of client.readAll({ direction: BACKWARDS, fromPosition: END, maxCount: 1 }))
    newest = event?.position;
  return newest ?? START;
}
