import { Worker } from 'node:worker_threads';
import { WriterEnded, type Answer, type Append, type Writer } from './writer.ts';

export type Asked = readonly Append[] | 'close';
export type Answered =
  | { readonly answers: readonly Answer[] }
  /** `own` are properties of the error, which do not cross threads with it. */
  | { readonly failure: Error; readonly own: object };
type Waiting = { readonly resolve: (answers: readonly Answer[]) => void; readonly reject: (error: Error) => void };

export function startWriterThread(file: string): Worker {
  // Built, this file and its neighbour end in `.js`.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const name = 'event-store-writer';
  return new Worker(new URL(`./writer-thread.${extension}`, import.meta.url), { name, workerData: file });
}

/**
 * Hands commits to a thread that owns the writing connection, and leaves waiting for the disk to it. When the thread ends unasked,
 * whoever waits is told so, and the next commit starts another.
 */
export class ThreadedWriter implements Writer {
  readonly #start: () => Worker;
  #worker: Worker | undefined;
  #waiting: Waiting | undefined;

  constructor(start: () => Worker) {
    this.#start = start;
  }

  commit(appends: readonly Append[]): Promise<readonly Answer[]> {
    return new Promise((resolve, reject) => {
      const worker = (this.#worker ??= this.#begin());
      worker.postMessage(appends satisfies Asked);
      this.#waiting = { resolve, reject };
    });
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage('close' satisfies Asked);
    await ended;
  }

  #begin(): Worker {
    const worker = this.#start();
    let reason: unknown;
    worker.on('message', (answered: Answered) => {
      const waiting = this.#waiting;
      this.#waiting = undefined;
      if ('answers' in answered) waiting?.resolve(answered.answers);
      else waiting?.reject(Object.assign(answered.failure, answered.own));
    });
    worker.on('error', (error: unknown) => (reason = error));
    // Not before: until then it may still be writing.
    worker.on('exit', () => {
      this.#worker = undefined;
      this.#waiting?.reject(new WriterEnded('The thread that writes events has ended.', { cause: reason }));
      this.#waiting = undefined;
    });
    return worker;
  }
}
