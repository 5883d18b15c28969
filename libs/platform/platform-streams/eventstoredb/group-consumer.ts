import { setTimeout as delay } from 'node:timers/promises';
import type {
  EventStoreDBClient,
  PersistentSubscriptionToAll,
  PersistentSubscriptionToAllResolvedEvent,
} from '@eventstore/db-client';
import { hostsOf } from '../../event-store/eventstoredb/connection.ts';
import { Lately } from '../../kernel/index.ts';
import { Backoff, type Logger } from '../../runtime/index.ts';
import type { Consumption, MessageHandler } from '../port.ts';
import { connected } from './connected.ts';
import { platformMessageOf } from './platform-message.ts';
import type { SubscriptionGroup } from './subscription-group.ts';

type Delivered = PersistentSubscriptionToAllResolvedEvent;

/** Messages that are not acknowledged yet; the server waits when there are so many. */
const MOST_PENDING = 500;
const RETRY_PAUSE_MS = 1_000;
const QUIET_MS = 1_000;
const CONFIRMED_WITHIN_MS = 20_000;

/** One consumer of the group: it connects for ever, with growing pauses, until it is stopped. */
export class GroupConsumer implements Consumption {
  failure: Error | undefined;
  readonly #stopping = new AbortController();
  /** Messages in hand, by their places in streams. */
  readonly #pending = new Set<string>();
  /** By UUID, where it came from lately. */
  readonly #places = new Lately<string>(2 * MOST_PENDING);
  #acknowledged: Delivered[] = [];
  #subscription: PersistentSubscriptionToAll | undefined;
  /** At most. */
  #slotsLost = 0;
  #quiet: NodeJS.Timeout | undefined;
  #reconnect: () => void = () => undefined;
  #isFirstTime = true;
  readonly #done: Promise<void>;

  constructor(
    private readonly url: string,
    private readonly group: SubscriptionGroup,
    private readonly handle: MessageHandler,
    private readonly logger: Logger,
  ) {
    this.#done = this.#run(this.#stopping.signal);
  }

  async stop(): Promise<void> {
    await this.#acknowledge();
    this.#stopping.abort();
    await this.#done;
  }

  async #run(stopping: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!stopping.aborted) {
      try {
        await connected(this.url, (client) => this.#consume(client, stopping, backoff));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        const engine = `EventStoreDB at ${hostsOf(this.url)}`;
        this.failure = new Error(`${engine} does not send the platform's events: ${reason}`, { cause: error });
        this.logger.warn({ err: error, group: this.group.name }, 'platform streams failed, will reconnect');
      }
      await backoff.wait(stopping).catch(() => undefined);
    }
  }

  async #consume(client: EventStoreDBClient, stopping: AbortSignal, backoff: Backoff): Promise<void> {
    await this.group.ensure(client);
    // Not again later: a process with other prefixes may be taking over, and has made its own.
    if (this.#isFirstTime) await this.group.replaceOthers(client);
    this.#isFirstTime = false;
    const subscription = client.subscribeToPersistentSubscriptionToAll(this.group.name, { bufferSize: MOST_PENDING });
    this.#subscription = subscription;
    this.#slotsLost = 0;
    let unconfirmed: NodeJS.Timeout | undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const ended = () => reject(new Error('The server has ended the subscription.'));
        stopping.addEventListener('abort', () => resolve(), { once: true });
        this.#reconnect = resolve;
        subscription.on('error', reject).on('end', ended).on('close', ended);
        unconfirmed = setTimeout(() => reject(new Error('It does not answer.')), CONFIRMED_WITHIN_MS);
        subscription.on('confirmation', () => {
          clearTimeout(unconfirmed);
          this.failure = undefined;
        });
        subscription.on('data', (delivered: Delivered) => {
          backoff.reset();
          void this.#take(delivered, stopping);
        });
        if (stopping.aborted) resolve();
      });
    } finally {
      clearTimeout(unconfirmed);
      clearTimeout(this.#quiet);
      this.#subscription = undefined;
      await subscription.unsubscribe().catch(() => undefined);
    }
  }

  async #take(delivered: Delivered, stopping: AbortSignal): Promise<void> {
    const { event } = delivered;
    if (!event || event.type.startsWith('$')) return this.#isDone(delivered);
    const place = `${event.revision}@${event.streamId}`;
    // Still in hand, and sent again because its time was up or the connection was lost: one answer is for both.
    if (this.#pending.has(place)) return;
    if ((this.#places.get(event.id) ?? place) !== place) this.#slotsLost++;
    this.#places.set(event.id, place);
    clearTimeout(this.#quiet);
    this.#pending.add(place);
    try {
      await this.handle(platformMessageOf(event));
      this.#isDone(delivered);
    } catch (error) {
      this.logger.error(
        { err: error, stream: event.streamId, revision: Number(event.revision) },
        'message comes again',
      );
      await delay(RETRY_PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
      await this.#subscription?.nack('retry', String(error), delivered).catch(() => undefined);
    } finally {
      this.#pending.delete(place);
      this.#regainSlots();
    }
  }

  /**
   * The server counts messages by their UUIDs: for two with the same one it takes one answer, and the other's slot is lost until the
   * consumer connects again. Of those two it would lose one that is on its way, so this waits until nothing is.
   */
  #regainSlots(): void {
    if (this.#slotsLost <= MOST_PENDING / 2 || this.#pending.size > 0) return;
    this.#quiet = setTimeout(this.#reconnect, QUIET_MS);
  }

  /** Acknowledged together with what is done in the same turn. */
  #isDone(delivered: Delivered): void {
    if (this.#acknowledged.push(delivered) === 1) setImmediate(() => void this.#acknowledge());
  }

  /** An acknowledgement that gets lost brings the message again. */
  async #acknowledge(): Promise<void> {
    const done = this.#acknowledged;
    this.#acknowledged = [];
    if (done.length > 0) await this.#subscription?.ack(...done).catch(() => undefined);
  }
}
