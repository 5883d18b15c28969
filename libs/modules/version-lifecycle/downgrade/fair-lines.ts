import type { Chain } from './chain.ts';

const MOST_WAITING = 256;
const MOST_PER_TURN = 100;
const LONGEST_WAIT_MS = 5_000;

type Asking = { readonly chain: Chain; readonly reject: (error: Error) => void };
type Waiting<Question> = { readonly question: Question; readonly since: number };

/**
 * Questions that are asked one at a time: each chain has a line, and lines take turns. Those that wait too long or are too many are
 * rejected with an error that is none of theirs, and may be asked again; the first of a line is not, so that each line gets on.
 */
export class FairLines<Question extends Asking> {
  /** The first has its turn. */
  readonly #lines = new Map<Chain, Waiting<Question>[]>();
  #waiting = 0;
  #ofThisTurn = 0;

  constructor(private readonly now: () => number) {}

  add(question: Question): void {
    const line = this.#lines.get(question.chain) ?? [];
    this.#lines.set(question.chain, line);
    line.push({ question, since: this.now() });
    if (++this.#waiting > MOST_WAITING) this.#reject(this.#longest(), -1);
  }

  next(): Question | undefined {
    const [first] = this.#lines;
    if (!first) return undefined;
    const [chain, line] = first;
    const next = line.shift();
    this.#waiting--;
    if (++this.#ofThisTurn >= MOST_PER_TURN) this.endTurn(chain);
    if (line.length === 0) {
      this.#lines.delete(chain);
      this.#ofThisTurn = 0;
    }
    this.#rejectOld();
    return next?.question;
  }

  /** The others come before it. */
  endTurn(chain: Chain): void {
    const line = this.#lines.get(chain);
    this.#ofThisTurn = 0;
    if (!line) return;
    this.#lines.delete(chain);
    this.#lines.set(chain, line);
  }

  clear(): readonly Question[] {
    const all = [...this.#lines.values()].flat().map(({ question }) => question);
    this.#lines.clear();
    this.#waiting = 0;
    return all;
  }

  #longest(): Waiting<Question>[] {
    return [...this.#lines.values()].reduce((longest, line) => (line.length > longest.length ? line : longest));
  }

  #rejectOld(): void {
    const tooOld = this.now() - LONGEST_WAIT_MS;
    for (const line of this.#lines.values())
      for (let second = line[1]; second && second.since < tooOld; second = line[1]) this.#reject(line, 1);
  }

  #reject(line: Waiting<Question>[], at: number): void {
    const [rejected] = line.splice(at, 1);
    this.#waiting--;
    if (rejected && line.length === 0) this.#lines.delete(rejected.question.chain);
    rejected?.question.reject(
      new Error('Too many alerts wait for downgrades that are slow. It may be tried again later.'),
    );
  }
}
