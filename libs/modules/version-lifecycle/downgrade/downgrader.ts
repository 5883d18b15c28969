import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { CannotDowngrade } from './cannot-downgrade.ts';
import type { Chain, Failure } from './chain.ts';
import { DowngradeQueue, type Question } from './downgrade-queue.ts';
import { SecondThread } from './second-thread.ts';
import { Suspects } from './suspects.ts';

export type { Chain, DowngradeStep } from './chain.ts';
export { expressionProblem } from './expression-problem.ts';

const HEAP_MB = 192;
/** Of a message: it is in memory at once, and a body may have 256 KiB. */
const MOST_QUESTIONS = 100;
const PATIENCE_MS = 250;
const GATHER_MS = 2;

/**
 * Renders alerts in older versions, in a thread, since an expression may take for ever. What runs out of time, or ends that thread, is
 * tried again in a second one, and fails only there. If it does, or had ended the thread, its chain is asked nothing but there for a
 * minute. So it costs the others a quarter of a second, once a minute at most.
 */
@Injectable()
export class Downgrader implements OnModuleDestroy {
  readonly #suspects = new Suspects(() => performance.now());
  readonly #second = new SecondThread(HEAP_MB, {
    suspect: (chain) => this.#suspects.add(chain),
    failed: (question, failure) => question.reject(faultOf(question, failure)),
  });
  readonly #first = new DowngradeQueue(
    'downgrades',
    { patience: PATIENCE_MS, most: MOST_QUESTIONS, gather: GATHER_MS, heapMb: HEAP_MB },
    {
      takes: (question) => {
        const isTaken = !this.#suspects.isSuspect(question.chain);
        if (!isTaken) this.#second.ask(question);
        return isTaken;
      },
      answered: (question, answer) => {
        if (typeof answer === 'string') question.resolve(answer);
        else if (answer === null) this.#first.ask(question);
        else if (answer.fault === 'time') this.#second.ask(question);
        else question.reject(faultOf(question, answer));
      },
      // It may have been the machine, or what was left by others.
      cutOff: (question) => {
        this.#suspects.add(question.chain);
        this.#second.ask(question);
      },
    },
  );

  /**
   * The JSON text of an alert, with what the steps make of its `data`.
   * @throws {CannotDowngrade}
   * @throws {Error} when it was not tried: it is closed, its thread cannot be started, or too many wait for slow ones.
   */
  run(body: string, chain: Chain): Promise<string> {
    if (chain.steps.length === 0) return Promise.resolve(body);
    return new Promise((resolve, reject) => this.#first.ask({ body, chain, resolve, reject, unexplained: 0 }));
  }

  async close(): Promise<void> {
    await Promise.all([this.#first.close(), this.#second.close()]);
  }

  onModuleDestroy(): Promise<void> {
    return this.close();
  }
}

function faultOf({ chain }: Question, { fault, step, message }: Failure): CannotDowngrade {
  const version = chain.steps[step]?.version ?? '';
  return new CannotDowngrade(fault, version, `The downgrade of version ${version} failed: ${message}`);
}
