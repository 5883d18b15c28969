import type { ReadResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { ReadCall } from './connection.ts';
import { commandErrorOf, Silence } from './errors.ts';

/** How long an answer may keep one waiting. */
export const PATIENCE_MS = 10_000;

/** The messages of one call, in order. The server sends on only as they are taken. */
export class Incoming {
  #call: ReadCall | undefined;
  #state: 'open' | 'ended' | Error = 'open';
  #wake: () => void = () => undefined;

  constructor(call: Promise<ReadCall>) {
    call.then(
      (opened) => this.#opened(opened),
      (error: unknown) => this.#end(commandErrorOf(error)),
    );
  }

  /** What is here already. */
  take(): ReadResp | undefined {
    return this.#call?.read() ?? undefined;
  }

  /** Waits until something may be taken, nothing ever will, or the time is up. Throws what ended the call. */
  async arrival(withinMs = Infinity): Promise<'some' | 'ended' | 'late'> {
    if (this.#call?.readableLength) return 'some';
    if (this.#state === 'open') {
      let timer: NodeJS.Timeout | undefined;
      const late = await new Promise<boolean>((resolve) => {
        this.#wake = () => resolve(false);
        if (withinMs !== Infinity) timer = setTimeout(() => resolve(true), withinMs);
      });
      clearTimeout(timer);
      if (late) return 'late';
    }
    if (this.#state instanceof Error) throw this.#state;
    return this.#call?.readableLength || this.#state === 'open' ? 'some' : 'ended';
  }

  close(): void {
    this.#end('ended');
    this.#call?.cancel();
  }

  /** Until the server has said all. */
  async *[Symbol.asyncIterator](): AsyncGenerator<ReadResp> {
    try {
      for (;;) {
        const message = this.take();
        if (message) yield message;
        else {
          const arrival = await this.arrival(PATIENCE_MS);
          if (arrival === 'late') throw new Silence(PATIENCE_MS / 1_000);
          if (arrival === 'ended') return;
        }
      }
    } finally {
      this.close();
    }
  }

  #opened(call: ReadCall): void {
    call.on('error', (error) => this.#end(commandErrorOf(error)));
    if (this.#state !== 'open') return call.cancel();
    this.#call = call;
    call.on('readable', () => this.#wake()).on('end', () => this.#end('ended'));
    this.#wake();
  }

  #end(how: 'ended' | Error): void {
    if (this.#state === 'open') this.#state = how;
    this.#wake();
  }
}
