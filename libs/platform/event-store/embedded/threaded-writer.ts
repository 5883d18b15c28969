import type { Worker } from 'node:worker_threads';
import { OwnedThread, startThread } from '../../threads/owned-thread.ts';
import { errorOf, type ThreadFailure } from '../../threads/thread-failure.ts';
import { WriterEnded, type Answer, type Append, type Writer } from './writer.ts';

export type Asked = readonly Append[] | 'close';
export type Answered = { readonly answers: readonly Answer[] } | { readonly failure: ThreadFailure };
type Waiting = { readonly resolve: (answers: readonly Answer[]) => void; readonly reject: (error: Error) => void };

export const startWriterThread = (file: string): Worker =>
  startThread(import.meta.url, 'writer-thread', { name: 'event-store-writer', workerData: file });

/**
 * Hands commits to a thread that owns the writing connection, and leaves waiting for the disk to it. When the thread ends unasked,
 * whoever waits is told so, and the next commit starts another.
 */
export class ThreadedWriter implements Writer {
  readonly #thread: OwnedThread<Asked, Answered>;
  #waiting: Waiting | undefined;

  constructor(start: () => Worker) {
    this.#thread = new OwnedThread(start, {
      answered: (answered) => {
        const waiting = this.#settled();
        if ('answers' in answered) waiting?.resolve(answered.answers);
        else waiting?.reject(errorOf(answered.failure));
      },
      ended: (cause) => this.#settled()?.reject(new WriterEnded('The thread that writes events has ended.', { cause })),
    });
  }

  commit(appends: readonly Append[]): Promise<readonly Answer[]> {
    return new Promise((resolve, reject) => {
      this.#thread.ask(appends);
      this.#waiting = { resolve, reject };
    });
  }

  close(): Promise<void> {
    return this.#thread.end('close');
  }

  #settled(): Waiting | undefined {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    return waiting;
  }
}
