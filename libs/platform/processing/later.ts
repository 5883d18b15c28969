/** Does something once, a while after it was first asked for. */
export class Later {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly afterMs: number,
    private readonly work: () => void,
  ) {}

  ask(afterMs = this.afterMs): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.work();
    }, afterMs).unref();
  }

  cancel(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
