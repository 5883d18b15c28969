import { setTimeout as delay } from 'node:timers/promises';
import { EventStoreDBClient } from '@eventstore/db-client';
import grpc from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { StreamsClient } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import type { ReadReq } from '@eventstore/db-client/generated/streams_pb.js';

export type ReadCall = ReturnType<StreamsClient['read']>;
export type AppendCall = ReturnType<StreamsClient['batchAppend']>;

const LONGEST_DISPOSAL_MS = 1_000;

/**
 * The client with its connection string, discovery, credentials and reconnection, but with calls of our own: the client's cannot read
 * `$all` filtered, say in which order checkpoints and events came, or keep the appends of two clients in one process apart.
 */
export class Connection extends EventStoreDBClient {
  /** @throws {TypeError} when this is no connection string; it never quotes it, for it may hold a password. */
  static to(url: string): Connection {
    try {
      return Object.setPrototypeOf(EventStoreDBClient.connectionString(url), Connection.prototype) as Connection;
    } catch {
      throw new TypeError(
        'The URL of the event store is not one of EventStoreDB, such as esdb://127.0.0.1:2113?tls=false.',
      );
    }
  }

  read(request: ReadReq): Promise<ReadCall> {
    return this.GRPCStreamCreator<StreamsClient, ReadCall>(grpc.StreamsClient, 'read', (client) =>
      client.read(request, ...this.callArguments({}, { deadline: Infinity })),
    )();
  }

  batchAppend(): Promise<AppendCall> {
    return this.GRPCStreamCreator<StreamsClient, AppendCall>(grpc.StreamsClient, 'batchAppend', (client) =>
      client.batchAppend(...this.callArguments({}, { deadline: Infinity })),
    )();
  }

  /** Disposing, which the client leaves at ending the calls, and the channel. */
  async end(): Promise<void> {
    await Promise.race([this.dispose(), delay(LONGEST_DISPOSAL_MS, undefined, { ref: false })]);
    const channel = this.getChannel();
    await channel.then((open) => open.close()).catch(() => undefined);
  }
}

/** The part of a connection string that may be shown: its hosts. What stands before an @ may be a password. */
export const hostsOf = (url: string): string =>
  url
    .replace(/^.*@/s, '')
    .replace(/^[^/]*\/\//, '')
    .replace(/[/?].*$/s, '');
