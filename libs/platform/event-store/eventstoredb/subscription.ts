import { type Position } from '../../kernel/index.ts';
import type { Connection, ReadCall } from './connection.ts';
import { Incoming } from './incoming.ts';
import { exactly, positionOf, recordedOf, type Sized } from './recorded.ts';
import { placeOf, readAllFrom, subscribe, type Place } from './requests.ts';

export type Told =
  /** Everything up to here was looked at; what stands exactly here, if it is ours. */
  | { readonly position: Position; readonly ours?: Sized | undefined }
  | 'confirmed'
  /** All that was in the store when it was confirmed has been told. */
  | 'caught up';

export type Asked = {
  readonly after: Position;
  readonly prefix: string;
  /** All of the prefix when absent. */
  readonly categories: readonly string[] | undefined;
};

/** Part of `$all` after a position: history in order, then what is appended. The server sends on only as it is taken. */
export class Subscription {
  readonly #asked: Asked;
  readonly #incoming: Incoming;
  #first: Told | undefined;

  constructor(connection: Connection, asked: Asked) {
    this.#asked = asked;
    this.#incoming = new Incoming(this.#open(connection));
  }

  take(): Told | undefined {
    const first = this.#first;
    this.#first = undefined;
    if (first) return first;
    const message = this.#incoming.take();
    if (!message) return undefined;
    const [event, checkpoint] = [message.getEvent(), message.getCheckpoint()];
    if (event) return { position: positionOf(event), ours: recordedOf(event, this.#asked.prefix) };
    if (checkpoint) return { position: exactly(checkpoint.getCommitPosition()) };
    if (message.hasCaughtUp()) return 'caught up';
    return message.hasConfirmation() ? 'confirmed' : this.take();
  }

  /** Waits until something may be taken, nothing ever will, or the time is up. Throws what ended the subscription. */
  arrival(withinMs?: number): Promise<'some' | 'ended' | 'late'> {
    return this.#incoming.arrival(withinMs);
  }

  close(): void {
    this.#incoming.close();
  }

  async #open(connection: Connection): Promise<ReadCall> {
    const { prefix, categories } = this.#asked;
    const prefixes = categories?.map((category) => `${prefix}${category}-`) ?? [prefix];
    return connection.read(subscribe(await this.#anchor(connection), prefixes));
  }

  /**
   * The server begins behind the first event it finds from the asked place on, trusting that it is the one that was seen there. When that
   * one has been scavenged it is the next, which would be missed: so it is told first.
   */
  async #anchor(connection: Connection): Promise<Place | undefined> {
    const { after, prefix, categories } = this.#asked;
    if (after < 0) return undefined;
    for await (const message of new Incoming(connection.read(readAllFrom(placeOf(after), 1)))) {
      const event = message.getEvent();
      const position = event && positionOf(event);
      if (!event || position === undefined || position === after) continue;
      const ours = recordedOf(event, prefix);
      const asked = !ours || !categories || categories.includes(ours.event.category);
      this.#first = { position, ours: asked ? ours : undefined };
      return { commit: String(position), prepare: event.getEvent()?.getPreparePosition() ?? String(position) };
    }
    return placeOf(after);
  }
}
