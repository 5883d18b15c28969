import { Readable } from 'node:stream';
import type { Position } from '../../../platform/kernel/index.ts';

/** Of what a client has not read yet; in bytes. Whoever is that slow is cut off, and comes back. */
const MOST_UNREAD = 256 * 1024;
/** Before a client that was cut off comes back. */
const RETRY_MS = 2_000;

/** Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html) to one client, as the body of its answer. */
export class ChangeStream {
  readonly body = new Readable({ read: () => undefined });
  #ended = false;

  constructor() {
    this.#write(`retry: ${RETRY_MS}\n\n`);
  }

  /** `id` is what the client says, when it comes back, that it has. */
  send(event: string, data: object, id?: Position): void {
    const withId = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`${withId}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** A comment: the connection is still there. */
  beat(): void {
    this.#write(':\n\n');
  }

  /** After what was sent. */
  end(): void {
    if (this.#ended || this.body.destroyed) return;
    this.#ended = true;
    this.body.push(null);
  }

  /** At once, without an end that could be mistaken for a complete answer. */
  cut(): void {
    this.body.destroy();
  }

  #write(text: string): void {
    if (this.#ended || this.body.destroyed) return;
    this.body.push(text);
    if (this.body.readableLength > MOST_UNREAD) this.cut();
  }
}
