import { randomUUID } from 'node:crypto';
import { unpackToCommandError } from '@eventstore/db-client/dist/streams/appendToStream/unpackError.js';
import type { BatchAppendReq, BatchAppendResp } from '@eventstore/db-client/generated/streams_pb.js';
import type { Position } from '../../kernel/index.ts';
import type { AppendCall, Connection } from './connection.ts';
import { commandErrorOf, Silence } from './errors.ts';
import { PATIENCE_MS } from './incoming.ts';
import { exactly } from './recorded.ts';
import { append, type EncodedEvent } from './requests.ts';

/** Of the last event of the append. */
export type Appended = { readonly revision: number; readonly position: Position };

type Pending = {
  readonly stream: string;
  readonly sentAt: number;
  readonly resolve: (appended: Appended) => void;
  readonly reject: (error: Error) => void;
};

/**
 * All appends go through one call, so the server commits them in the order in which they were made here. When that call ends, or one
 * append has waited too long, all that wait are failed: of two that were called one after the other, never only the later is stored.
 */
export class Appender {
  readonly #connection: Connection;
  readonly #pending = new Map<string, Pending>();
  #opening: Promise<AppendCall> | undefined;
  #call: AppendCall | undefined;
  #unsent: BatchAppendReq[] = [];
  #watch: NodeJS.Timeout | undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  append(stream: string, expected: number | 'no-stream', events: readonly EncodedEvent[]): Promise<Appended> {
    return new Promise((resolve, reject) => {
      const correlation = randomUUID();
      this.#pending.set(correlation, { stream, sentAt: performance.now(), resolve, reject });
      const request = append(correlation, stream, expected, events);
      if (this.#call) this.#call.write(request);
      else this.#unsent.push(request);
      this.#opening ??= this.#open();
      this.#watch ??= setTimeout(() => this.#look(), PATIENCE_MS);
    });
  }

  close(): void {
    this.#fail(new Error('The event store is closed.'));
  }

  #open(): Promise<AppendCall> {
    const opening = this.#connection.batchAppend();
    opening.then(
      (call) => this.#opened(call, opening),
      (error: unknown) => this.#opening === opening && this.#fail(commandErrorOf(error)),
    );
    return opening;
  }

  #opened(call: AppendCall, opening: Promise<AppendCall>): void {
    const over = (error: Error) => this.#opening === opening && this.#fail(commandErrorOf(error));
    call.on('error', over).on('end', () => over(new Error('The event store ended the call that appends.')));
    if (this.#opening !== opening) return call.cancel();
    this.#call = call;
    call.on('data', (answer: BatchAppendResp) => this.#answered(answer));
    for (const request of this.#unsent.splice(0)) call.write(request);
  }

  #answered(answer: BatchAppendResp): void {
    const correlation = answer.getCorrelationId()?.getString() ?? '';
    const pending = this.#pending.get(correlation);
    if (!pending) return;
    this.#pending.delete(correlation);
    const [error, success] = [answer.getError(), answer.getSuccess()];
    if (error) return pending.reject(unpackToCommandError(error, pending.stream));
    try {
      pending.resolve({
        revision: exactly(success?.getCurrentRevision()),
        position: exactly(success?.getPosition()?.getCommitPosition()),
      });
    } catch (cause) {
      pending.reject(commandErrorOf(cause));
    }
  }

  /** The oldest is the first of the map. */
  #look(): void {
    this.#watch = undefined;
    const [oldest] = this.#pending.values();
    if (!oldest) return;
    const left = oldest.sentAt + PATIENCE_MS - performance.now();
    if (left <= 0) return this.#fail(new Silence(PATIENCE_MS / 1_000));
    this.#watch = setTimeout(() => this.#look(), left);
  }

  #fail(error: Error): void {
    const pending = [...this.#pending.values()];
    const call = this.#call;
    this.#pending.clear();
    this.#unsent = [];
    this.#call = this.#opening = undefined;
    clearTimeout(this.#watch);
    this.#watch = undefined;
    call?.cancel();
    for (const { reject } of pending) reject(error);
  }
}
