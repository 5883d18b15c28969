import type { Position } from '../kernel/index.ts';

/** What follows the order of the store: how far it has got, and a way to wait for it. */
export interface Following {
  readonly name: string;
  readonly categories: readonly string[];
  /** Everything up to here is done. */
  readonly position: Position;
  /** What went wrong last, until it succeeds again. */
  readonly failure: unknown;
  /** True once everything up to the position is done, false if that takes longer than `withinMs` or is given up by a stop. */
  reached(position: Position, withinMs?: number): Promise<boolean>;
  /** Resolves once everything that is in the store at this moment is done; false if it is stopped before. */
  caughtUp(): Promise<boolean>;
}

/** A position that moves, and those who wait for it. */
export class Progress {
  readonly #waiting = new Set<{ position: Position; settle: (reached: boolean) => void }>();
  #ended = false;

  constructor(
    public position: Position,
    private readonly onAwaited: () => void = () => undefined,
  ) {}

  get isAwaited(): boolean {
    return this.#waiting.size > 0;
  }

  moveTo(position: Position): void {
    this.position = position;
    for (const waiter of this.#waiting) {
      if (waiter.position <= position) waiter.settle(true);
    }
  }

  /** Nobody is left waiting, until it goes on. */
  end(): void {
    this.#ended = true;
    for (const waiter of this.#waiting) waiter.settle(false);
  }

  goOn(): void {
    this.#ended = false;
  }

  async reached(position: Position, withinMs = Infinity): Promise<boolean> {
    if (this.position >= position) return true;
    if (this.#ended) return false;
    return new Promise<boolean>((resolve) => {
      const settle = (reached: boolean) => {
        clearTimeout(timer);
        this.#waiting.delete(waiter);
        resolve(reached);
      };
      const waiter = { position, settle };
      const timer = withinMs === Infinity ? undefined : setTimeout(() => settle(false), withinMs);
      this.#waiting.add(waiter);
      this.onAwaited();
    });
  }
}
