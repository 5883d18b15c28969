import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Recorded } from '../../kernel/index.ts';
import type { AppendRequest } from '../port.ts';
import type { Answer, Append, Writer } from './writer.ts';

export type Waiting = {
  readonly request: AppendRequest;
  readonly append: Append;
  readonly resolve: (recorded: readonly Recorded[]) => void;
  readonly reject: (error: unknown) => void;
};
export type Settle = {
  readonly committed: (group: readonly Waiting[], answers: readonly Answer[]) => void;
  readonly failed: (waiting: readonly Waiting[], error: unknown) => void;
};

/** Of one commit; more wait for the next, so that neither it nor settling it holds anyone up for long. */
const MOST_APPENDS = 1_000;
const MOST_CHARACTERS = 4 * 1024 * 1024;

/** Appends in the order of the calls. What is called while a commit runs shares the next one. */
export class CommitQueue {
  readonly #writer: Writer;
  readonly #settle: Settle;
  readonly #queue: Waiting[] = [];
  #group: readonly Waiting[] = [];
  #working: Promise<void> | undefined;
  commits = 0;

  constructor(writer: Writer, settle: Settle) {
    this.#writer = writer;
    this.#settle = settle;
  }

  get waiting(): number {
    return this.#queue.length + this.#group.length;
  }

  push(waiting: Waiting): void {
    this.#queue.push(waiting);
    this.#working ??= this.#work();
  }

  /** Resolves when nothing waits. */
  async drained(): Promise<void> {
    await this.#working;
  }

  async #work(): Promise<void> {
    // Each time after a turn: what is called in it, be it because of an answer, shares the next commit.
    for (await nextTurn(); this.#queue.length > 0; await nextTurn()) await this.#commit();
    this.#working = undefined;
  }

  async #commit(): Promise<void> {
    const group = (this.#group = this.#next());
    let answers: readonly Answer[];
    try {
      answers = await this.#writer.commit(group.map(({ append }) => append));
    } catch (error) {
      // Also what is still queued: whoever called twice must not find the later append stored and the earlier one not.
      const failed = [...group, ...this.#queue.splice(0)];
      this.#group = [];
      return this.#settle.failed(failed, error);
    }
    this.commits++;
    this.#group = [];
    this.#settle.committed(group, answers);
  }

  #next(): readonly Waiting[] {
    let [count, characters] = [0, 0];
    for (const { append } of this.#queue) {
      characters += charactersOf(append);
      if (count === MOST_APPENDS || (count > 0 && characters > MOST_CHARACTERS)) break;
      count++;
    }
    return this.#queue.splice(0, count);
  }
}

const charactersOf = ({ metadata, events }: Append): number =>
  events.reduce((sum, { data }) => sum + data.length + metadata.length, 0);
