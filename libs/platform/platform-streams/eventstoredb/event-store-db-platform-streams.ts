import { StreamDeletedError, StreamNotFoundError, type EventStoreDBClient } from '@eventstore/db-client';
import { Refusal } from '../../kernel/index.ts';
import type { Logger } from '../../runtime/index.ts';
import type { Consumption, MessageHandler, PlatformMessage, PlatformStreams } from '../port.ts';
import { connected } from './connected.ts';
import { GroupConsumer } from './group-consumer.ts';
import { platformMessageOf } from './platform-message.ts';
import { SubscriptionGroup } from './subscription-group.ts';

export type PlatformStreamsOptions = {
  /** Connection string of an EventStoreDB or KurrentDB. */
  readonly url: string;
  /** Beginnings of the names of the streams that are taken in. With none, `consume` gets nothing, and `read` reads all the same. */
  readonly prefixes: readonly string[];
  /** Of the installation's own streams; its workers share one subscription, whose name begins with it. */
  readonly ownPrefix: string;
  readonly logger: Logger;
};

/** Connects when it is first asked for something. */
export const openPlatformStreams = (options: PlatformStreamsOptions): PlatformStreams =>
  new EventStoreDbPlatformStreams(options);

class EventStoreDbPlatformStreams implements PlatformStreams {
  readonly #consumers = new Set<GroupConsumer>();

  constructor(private readonly options: PlatformStreamsOptions) {}

  get failure(): Error | undefined {
    return [...this.#consumers].find((consumer) => consumer.failure)?.failure;
  }

  consume(handle: MessageHandler): Consumption {
    const { url, prefixes, ownPrefix, logger } = this.options;
    if (prefixes.length === 0) return { stop: async () => undefined };
    const consumer = new GroupConsumer(url, new SubscriptionGroup(prefixes, ownPrefix), handle, logger);
    this.#consumers.add(consumer);
    return {
      stop: async () => {
        await consumer.stop();
        this.#consumers.delete(consumer);
      },
    };
  }

  async read(stream: string, revision: number): Promise<PlatformMessage | undefined> {
    try {
      return await connected(this.options.url, (client) => readOne(client, stream, revision));
    } catch (error) {
      const message = "EventStoreDB cannot be asked for the platform's event now; try again.";
      throw new Refusal('unavailable', message, { cause: error });
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#consumers].map((consumer) => consumer.stop()));
    this.#consumers.clear();
  }
}

async function readOne(
  client: EventStoreDBClient,
  stream: string,
  revision: number,
): Promise<PlatformMessage | undefined> {
  let found: PlatformMessage | undefined;
  try {
    for await (const { event } of client.readStream(stream, { fromRevision: BigInt(revision), maxCount: 1 }))
      found = event && platformMessageOf(event);
  } catch (error) {
    if (!(error instanceof StreamNotFoundError || error instanceof StreamDeletedError)) throw error;
  }
  // Where it was truncated, the next one there is comes in its place.
  return found?.revision === revision ? found : undefined;
}
