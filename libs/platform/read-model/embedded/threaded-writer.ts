import type { Worker } from 'node:worker_threads';
import { OwnedThread, startThread } from '../../threads/owned-thread.ts';
import { errorOf, type ThreadFailure } from '../../threads/thread-failure.ts';
import type { Commit, SchemaChange, SetRow, Writer } from './writer.ts';

export type Question = { readonly id: number; readonly request: Commit | SchemaChange };
export type Answer = { readonly id: number; readonly result?: SetRow; readonly failure?: ThreadFailure };
export type Asked = Question | 'close';
type Waiting = { readonly resolve: (result: SetRow | undefined) => void; readonly reject: (error: unknown) => void };

export const startWriterThread = (file: string): Worker =>
  startThread(import.meta.url, 'writer-thread', { name: 'read-model-writer', workerData: file });

/**
 * Sends what is to be written to a thread that owns the writing connection; what is asked while it writes is written next, together.
 * When the thread ends unasked, all who wait are told so, and what is asked after that starts another.
 */
export class ThreadedWriter implements Writer {
  readonly #thread: OwnedThread<Asked, readonly Answer[]>;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;
  #closing: Promise<void> | undefined;

  constructor(start: () => Worker) {
    this.#thread = new OwnedThread(start, {
      answered: (answers) => answers.forEach((answer) => this.#take(answer)),
      ended: (cause) => this.#giveUp(cause),
    });
  }

  async commit(commit: Commit): Promise<void> {
    await this.#ask(commit);
  }

  change(change: SchemaChange): Promise<SetRow | undefined> {
    return this.#ask(change);
  }

  close(): Promise<void> {
    this.#closing ??= this.#thread.end('close');
    return this.#closing;
  }

  #ask(request: Commit | SchemaChange): Promise<SetRow | undefined> {
    return new Promise((resolve, reject) => {
      if (this.#closing) throw new Error('The read model is closed');
      const id = this.#asked++;
      this.#thread.ask({ id, request });
      this.#waiting.set(id, { resolve, reject });
    });
  }

  #take({ id, result, failure }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure) waiting?.reject(errorOf(failure));
    else waiting?.resolve(result);
  }

  #giveUp(cause: unknown): void {
    const left = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { reject } of left) reject(new Error('The thread that writes documents has ended', { cause }));
  }
}
