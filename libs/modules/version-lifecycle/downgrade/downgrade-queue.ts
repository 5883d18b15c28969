import type { Worker } from 'node:worker_threads';
import { OwnedThread, startThread } from '../../../platform/threads/owned-thread.ts';
import { AT_QUESTION, AT_STEP, type Answer, type Asked, type Chain, type Failure } from './chain.ts';
import { KnownChains } from './known-chains.ts';

export type Question = {
  readonly body: string;
  readonly chain: Chain;
  readonly resolve: (body: string) => void;
  readonly reject: (error: Error) => void;
  /** How often the thread has ended over nothing that was asked. */
  unexplained: number;
};

export type Limits = {
  /** How long the thread may be at one step, in milliseconds in which this thread was there to watch it. */
  readonly patience: number;
  /** The most questions of a message. */
  readonly most: number;
  /**
   * A message costs both threads as much as several small questions: for so many milliseconds after one, what is asked gathers for the
   * next.
   */
  readonly gather: number;
  /** Of the thread's heap. One allocation that goes far beyond it ends the process, so it is generous. */
  readonly heapMb: number;
};

export type Told = {
  /** Asked before it is sent. If it is not to be, it has been seen to. */
  readonly takes: (question: Question) => boolean;
  readonly answered: (question: Question, answer: Answer) => void;
  /** The thread had to be ended, or ended, at this question. */
  readonly cutOff: (question: Question, failure: Failure) => void;
};

const TICK_MS = 50;
const MOST_UNEXPLAINED = 3;

/** Questions in the order they come, and the thread that answers them: what is asked while it is busy goes in its next message. */
export class DowngradeQueue {
  readonly #thread: OwnedThread<Asked, readonly Answer[]>;
  readonly #known = new KnownChains();
  #worker: Worker | undefined;
  #progress = new Int32Array(new SharedArrayBuffer(8));
  #waiting: Question[] = [];
  #asked: readonly Question[] = [];
  #answered = 0;
  #isSending = false;
  #sentAt = -Infinity;
  #closed = false;
  #watch: NodeJS.Timeout | undefined;
  #seen: { readonly question: Question | undefined; readonly step: number } = { question: undefined, step: 0 };
  #ticks = 0;
  #suspect: Question | undefined;

  constructor(
    private readonly name: string,
    private readonly limits: Limits,
    private readonly told: Told,
  ) {
    this.#thread = new OwnedThread(() => this.#start(), {
      answered: (answers) => this.#take(answers),
      ended: (reason) => this.#recover(reason),
    });
  }

  ask(question: Question): void {
    if (this.#closed) return question.reject(closed());
    this.#waiting.push(question);
    this.#sendSoon();
  }

  /** Resolves when the thread has ended. What is not answered by then is rejected. */
  async close(): Promise<void> {
    const left = [...this.#unanswered(), ...this.#waiting];
    this.#closed = true;
    this.#waiting = [];
    this.#asked = [];
    clearInterval(this.#watch);
    for (const question of left) question.reject(closed());
    await this.#worker?.terminate();
  }

  #start(): Worker {
    this.#progress = new Int32Array(new SharedArrayBuffer(8));
    this.#worker = startThread(import.meta.url, 'downgrade-thread', {
      name: this.name,
      workerData: this.#progress,
      env: {},
      resourceLimits: { maxOldGenerationSizeMb: this.limits.heapMb },
    });
    return this.#worker;
  }

  #sendSoon(): void {
    if (this.#asked.length > 0 || this.#isSending) return;
    this.#isSending = true;
    const wait = this.#sentAt + this.limits.gather - performance.now();
    if (wait > 0) setTimeout(() => this.#send(), wait);
    else setImmediate(() => this.#send());
  }

  #send(): void {
    this.#isSending = false;
    if (this.#closed || this.#asked.length > 0) return;
    const questions = this.#next();
    if (questions.length === 0) return;
    this.#asked = questions;
    this.#answered = 0;
    this.#ticks = 0;
    this.#sentAt = performance.now();
    this.#watch ??= setInterval(() => this.#tick(), TICK_MS).unref();
    const chains = questions.map(({ chain }) => chain);
    this.#thread.ask({ ...this.#known.refer(chains), bodies: questions.map(({ body }) => body) });
    // It keeps the process alive while something is asked of it, and only then.
    this.#worker?.ref();
  }

  #next(): readonly Question[] {
    while (this.#waiting.length > 0) {
      const questions = this.#waiting.splice(0, this.limits.most).filter((question) => this.told.takes(question));
      if (questions.length > 0) return questions;
    }
    return [];
  }

  #take(answers: readonly Answer[]): void {
    for (const answer of answers) {
      const question = this.#asked[this.#answered++];
      if (question) this.told.answered(question, answer);
    }
    if (this.#answered < this.#asked.length) return;
    this.#asked = [];
    this.#worker?.unref();
    if (this.#waiting.length > 0) this.#sendSoon();
  }

  /** Ticks are counted, not time: a machine that stood still took nobody's patience. */
  #tick(): void {
    if (this.#asked.length === 0) {
      clearInterval(this.#watch);
      this.#watch = undefined;
      return;
    }
    const at = this.#at();
    const step = Atomics.load(this.#progress, AT_STEP);
    this.#ticks = at && at === this.#seen.question && step === this.#seen.step ? this.#ticks + 1 : 0;
    this.#seen = { question: at, step };
    if (this.#ticks * TICK_MS < this.limits.patience || this.#suspect) return;
    this.#suspect = at;
    void this.#worker?.terminate();
  }

  #recover(reason: unknown): void {
    const left = this.#unanswered();
    const culprit = this.#suspect ?? this.#at();
    const failure = this.#failureOf(reason);
    const isExplained = culprit !== undefined;
    this.#worker = undefined;
    this.#suspect = undefined;
    this.#asked = [];
    this.#known.clear();
    if (this.#closed) return;
    const again = left.filter((question) => question !== culprit && this.#isAskedAgain(question, isExplained, reason));
    this.#waiting = [...again, ...this.#waiting];
    if (culprit && left.includes(culprit)) this.told.cutOff(culprit, failure);
    this.#send();
  }

  #isAskedAgain(question: Question, isExplained: boolean, reason: unknown): boolean {
    if (isExplained || ++question.unexplained < MOST_UNEXPLAINED) return true;
    question.reject(new Error('The thread that downgrades keeps ending.', { cause: reason }));
    return false;
  }

  #failureOf(reason: unknown): Failure {
    const step = Math.max(0, Atomics.load(this.#progress, AT_STEP) - 1);
    if (this.#suspect) return { fault: 'time', step, message: `did not end within ${this.limits.patience} ms` };
    if ((reason as { code?: unknown } | undefined)?.code === 'ERR_WORKER_OUT_OF_MEMORY')
      return { fault: 'size', step, message: 'needs more memory than it may have' };
    return { fault: 'error', step, message: `ended its thread: ${String(reason)}` };
  }

  #unanswered(): readonly Question[] {
    return this.#asked.slice(this.#answered);
  }

  /** The question that the thread is at, if it is at one. */
  #at(): Question | undefined {
    return Atomics.load(this.#progress, AT_STEP) === 0
      ? undefined
      : this.#asked[Atomics.load(this.#progress, AT_QUESTION)];
  }
}

const closed = (): Error => new Error('The downgrader is closed.');
