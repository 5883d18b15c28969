import { Worker } from 'node:worker_threads';
import type { Commit, SchemaChange, SetRow, Writer } from './writer.ts';

export type Question = { readonly id: number; readonly request: Commit | SchemaChange };
export type Answer = {
  readonly id: number;
  readonly result?: SetRow;
  /** `own` are properties of the error, which do not cross threads with it. */
  readonly failure?: { readonly error: unknown; readonly own: object };
};
export type Asked = Question | 'close';
type Waiting = { readonly resolve: (result: SetRow | undefined) => void; readonly reject: (error: unknown) => void };

export function startWriterThread(file: string): Worker {
  // Built, this file and its neighbour end in `.js`.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./writer-thread.${extension}`, import.meta.url), { workerData: file });
}

/**
 * Sends what is to be written to a thread that owns the writing connection; what is asked while it writes is written next, together.
 * When the thread ends unasked, all who wait are told so, and what is asked after that starts another.
 */
export class ThreadedWriter implements Writer {
  #worker: Worker | undefined;
  #waiting = new Map<number, Waiting>();
  #asked = 0;
  #closing: Promise<void> | undefined;

  constructor(private readonly start: () => Worker) {}

  async commit(commit: Commit): Promise<void> {
    await this.#ask(commit);
  }

  change(change: SchemaChange): Promise<SetRow | undefined> {
    return this.#ask(change);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  async #close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close');
    await ended;
  }

  #ask(request: Commit | SchemaChange): Promise<SetRow | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw new Error('The read model is closed');
      const worker = (this.#worker ??= this.#begin());
      const id = this.#asked++;
      worker.postMessage({ id, request } satisfies Question);
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #begin(): Worker {
    const worker = this.start();
    let reason: unknown;
    worker.on('message', (answers: readonly Answer[]) => {
      for (const answer of answers) this.#take(answer);
    });
    worker.on('error', (error: unknown) => (reason = error));
    // Not before: until then the file may still be locked.
    worker.on('exit', () => {
      const left = [...this.#waiting.values()];
      this.#worker = undefined;
      this.#waiting.clear();
      for (const { reject } of left) reject(new Error('The thread that writes documents has ended', { cause: reason }));
    });
    return worker;
  }

  #take({ id, result, failure }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure) waiting?.reject(Object.assign(failure.error as Error, failure.own));
    else waiting?.resolve(result);
  }
}
