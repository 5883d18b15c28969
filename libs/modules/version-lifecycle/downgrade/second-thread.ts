import type { Answer, Chain, Failure } from './chain.ts';
import { DowngradeQueue, type Question } from './downgrade-queue.ts';
import { FairLines } from './fair-lines.ts';

/** A thread also compiles and collects garbage, mostly when it is new to a task: that should not be taken for the step's time. */
const MOST_TRIES = 5;

const PATIENCE_MS = 1_000;

type Told = {
  /** It is too slow, or has ended the thread. */
  readonly suspect: (chain: Chain) => void;
  readonly failed: (question: Question, failure: Failure) => void;
};

type Outcome = { readonly answer: Answer; readonly isCutOff: boolean };

/** Where what was too slow elsewhere is tried again, one question at a time. What fails here has failed. */
export class SecondThread {
  readonly #lines = new FairLines<Question>(() => performance.now());
  readonly #queue: DowngradeQueue;
  #tell: (outcome: Outcome) => void = () => {};
  #isWorking = false;

  constructor(
    heapMb: number,
    private readonly told: Told,
  ) {
    this.#queue = new DowngradeQueue(
      'slow-downgrades',
      { patience: PATIENCE_MS, most: 1, gather: 0, heapMb },
      {
        takes: () => true,
        answered: (_question, answer) => this.#tell({ answer, isCutOff: false }),
        cutOff: (_question, failure) => this.#tell({ answer: failure, isCutOff: true }),
      },
    );
  }

  ask(question: Question): void {
    this.#lines.add(question);
    if (!this.#isWorking) void this.#work();
  }

  async close(): Promise<void> {
    const left = this.#lines.clear();
    await this.#queue.close();
    // It is closed, and says so.
    for (const question of left) this.#queue.ask(question);
  }

  async #work(): Promise<void> {
    this.#isWorking = true;
    for (let question = this.#lines.next(); question; question = this.#lines.next())
      await this.#try(question).catch(question.reject);
    this.#isWorking = false;
  }

  async #try(question: Question): Promise<void> {
    for (let tries = 1; ; tries++) {
      const { answer, isCutOff } = await this.#outcomeOf(question);
      if (answer === null) throw new Error('It was asked alone, and not tried.');
      if (typeof answer === 'string') return question.resolve(answer);
      const isSlow = answer.fault === 'time';
      if (isSlow && !isCutOff && tries < MOST_TRIES) continue;
      if (isSlow || isCutOff) {
        this.told.suspect(question.chain);
        this.#lines.endTurn(question.chain);
      }
      return this.told.failed(question, answer);
    }
  }

  #outcomeOf({ body, chain }: Question): Promise<Outcome> {
    return new Promise((resolve, reject) => {
      this.#tell = resolve;
      this.#queue.ask({ body, chain, resolve: () => {}, reject, unexplained: 0 });
    });
  }
}
