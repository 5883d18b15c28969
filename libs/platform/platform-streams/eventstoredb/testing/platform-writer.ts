import { randomUUID } from 'node:crypto';
import { binaryEvent, EventStoreDBClient, jsonEvent, type JSONType } from '@eventstore/db-client';

type Content = {
  readonly id?: string;
  readonly type?: string;
  readonly data?: JSONType | Uint8Array | null;
  readonly metadata?: Record<string, unknown>;
};

/** A module of the platform, which writes its own streams; names begin with a text of its own on a server shared with others. */
export class PlatformWriter {
  readonly #client: EventStoreDBClient;
  readonly own = `p${randomUUID().slice(0, 8)}`;
  /** For the installation that takes its streams in. */
  readonly installationPrefix = `${this.own}.`;

  constructor(readonly url: string) {
    this.#client = EventStoreDBClient.connectionString(url);
  }

  stream(name: string): string {
    return `${this.own}_${name}`;
  }

  /** Content that is bytes is appended as it is. */
  async append(name: string, ...contents: readonly Content[]): Promise<void> {
    const events = contents.map(({ id = randomUUID(), type = 'happened', data = {}, metadata }) =>
      data instanceof Uint8Array
        ? binaryEvent({ id, type, data })
        : jsonEvent({ id, type, data: data as JSONType, metadata }),
    );
    await this.#client.appendToStream(this.stream(name), events);
  }

  async remove(name: string): Promise<void> {
    await this.#client.tombstoneStream(this.stream(name));
  }

  /** Groups of the installation, with how many messages are not acknowledged, and how many more would be sent to the consumers. */
  async groups(): Promise<{ name: string; consumers: number; unacknowledged: number; room: number }[]> {
    const all = await this.#client.listPersistentSubscriptionsToAll().catch(() => []);
    return all
      .filter(({ groupName }) => groupName.startsWith(this.installationPrefix))
      .map(({ groupName, connections, stats }) => ({
        name: groupName,
        consumers: connections.length,
        room: connections.reduce((sum, { availableSlots }) => sum + availableSlots, 0),
        unacknowledged: stats.outstandingMessagesCount + stats.retryBufferCount,
      }));
  }

  async close(): Promise<void> {
    for (const { name } of await this.groups()) await this.#client.deletePersistentSubscriptionToAll(name);
    await this.#client.dispose();
  }
}
