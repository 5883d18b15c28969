import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CannotDowngrade } from './cannot-downgrade.ts';
import type { Answer, Chain, Failure } from './chain.ts';
import { DowngradeQueue, type Question } from './downgrade-queue.ts';
import { Suspects } from './suspects.ts';

export type { Chain, DowngradeStep } from './chain.ts';
export { expressionProblem } from './expression-problem.ts';

const HEAP_MB = 512;

/**
 * Renders alerts in older versions, in a thread, since an expression may take for ever. One that did, or ran out of time, is tried in
 * another thread from then on, for a minute, one question at a time; after three such in a row its questions fail at once for ten
 * seconds. So it costs the others a quarter of a second, once a minute at most.
 */
@Injectable()
export class Downgrader implements OnModuleDestroy {
  readonly #suspects = new Suspects(() => performance.now());
  readonly #together: DowngradeQueue;
  readonly #alone: DowngradeQueue;

  constructor() {
    const answered = (question: Question, answer: Answer) => this.#settle(question, answer);
    this.#together = new DowngradeQueue(
      'downgrades',
      { patience: 250, most: Infinity, heapMb: HEAP_MB },
      {
        takes: (question) => {
          const isTaken = !this.#suspects.isSuspect(question.chain);
          if (!isTaken) this.#alone.ask(question);
          return isTaken;
        },
        answered,
        // It may have been the machine, or what was left by others.
        cutOff: (question) => {
          this.#suspects.tookTooLong(question.chain);
          this.#alone.ask(question);
        },
      },
    );
    this.#alone = new DowngradeQueue(
      'suspect-downgrades',
      { patience: 1_000, most: 1, heapMb: HEAP_MB },
      {
        takes: (question) => {
          const isTaken = !this.#suspects.isRefused(question.chain);
          if (!isTaken) question.reject(faultOf(question, REFUSAL));
          return isTaken;
        },
        answered,
        cutOff: (question, failure) => {
          this.#suspects.tookTooLong(question.chain);
          question.reject(faultOf(question, failure));
        },
      },
    );
  }

  /**
   * The JSON text of an alert, with what the steps make of its `data`.
   * @throws {CannotDowngrade}
   * @throws {Error} when it is closed, or its thread cannot be started.
   */
  run(body: string, chain: Chain): Promise<string> {
    if (chain.steps.length === 0) return Promise.resolve(body);
    return new Promise((resolve, reject) => this.#together.ask({ body, chain, resolve, reject, unexplained: 0 }));
  }

  async close(): Promise<void> {
    await Promise.all([this.#together.close(), this.#alone.close()]);
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }

  #settle(question: Question, answer: Answer): void {
    if (answer === null) return this.#alone.ask(question);
    if (typeof answer === 'string') {
      this.#suspects.succeeded(question.chain);
      return question.resolve(answer);
    }
    if (answer.fault === 'time') this.#suspects.tookTooLong(question.chain);
    question.reject(faultOf(question, answer));
  }
}

const REFUSAL: Failure = {
  fault: 'time',
  step: 0,
  message: 'was too slow three times in a row, and is not tried for a while',
};

function faultOf({ chain }: Question, { fault, step, message }: Failure): CannotDowngrade {
  const version = chain.steps[step]?.version ?? '';
  return new CannotDowngrade(fault, version, `The downgrade of version ${version} failed: ${message}`);
}
