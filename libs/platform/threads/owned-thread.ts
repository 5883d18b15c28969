import { Worker, type WorkerOptions } from 'node:worker_threads';

/** A thread that runs `file`, named without its ending, beside the module at `url`; built, both end in `.js`. */
export function startThread(url: string, file: string, options: WorkerOptions & { name: string }): Worker {
  const extension = url.endsWith('.ts') ? 'ts' : 'js';
  return new Worker(new URL(`./${file}.${extension}`, url), options);
}

type Told<Answer> = {
  readonly answered: (answer: Answer) => void;
  /** It ended, asked or not: what it had not answered it never will. */
  readonly ended: (reason: unknown) => void;
};

/** A thread that is started when it is first asked something, and again when it is asked after it has ended. */
export class OwnedThread<Question, Answer> {
  #worker: Worker | undefined;

  constructor(
    private readonly start: () => Worker,
    private readonly told: Told<Answer>,
  ) {}

  ask(question: Question): void {
    this.#worker ??= this.#begin();
    this.#worker.postMessage(question);
  }

  /** Asks it to end, and resolves when it has. */
  async end(question: Question): Promise<void> {
    const worker = this.#worker;
    if (!worker) return;
    const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
    worker.postMessage(question);
    await ended;
  }

  #begin(): Worker {
    const worker = this.start();
    let reason: unknown;
    worker.on('message', (answer: Answer) => this.told.answered(answer));
    worker.on('error', (error: unknown) => (reason = error));
    // Not before: until then it may still be writing, and hold its files.
    worker.on('exit', () => {
      this.#worker = undefined;
      this.told.ended(reason);
    });
    return worker;
  }
}
