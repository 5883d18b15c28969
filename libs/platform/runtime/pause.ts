import type { Clock, Instant } from '../kernel/index.ts';

/** Where a piece of work stands still until an instant, or until it is told to look again. */
export class Pause {
  #end: (() => void) | undefined;
  #told = false;

  constructor(
    private readonly clock: Clock,
    private readonly onBegin: () => void,
  ) {}

  get isOn(): boolean {
    return this.#end !== undefined;
  }

  /** From here on, being told something keeps the next pause from beginning. */
  listen(): void {
    this.#told = false;
  }

  /** Ends early when told; without an instant, only then. */
  async until(instant: Instant | null): Promise<void> {
    if (this.#told) return;
    await new Promise<void>((resolve) => {
      const cancel = instant === null ? () => undefined : this.clock.at(instant, () => this.#end?.());
      this.#end = () => {
        this.#end = undefined;
        cancel();
        resolve();
      };
      this.onBegin();
    });
  }

  tell(): void {
    this.#told = true;
    this.#end?.();
  }
}
