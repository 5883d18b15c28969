import { setTimeout as pause } from 'node:timers/promises';

/** Something the demo promised and did not see. */
export class NotSeen extends Error {}

/** Tells the story in numbered steps and remembers where it is. */
export class Narrator {
  #step = 0;
  #title = 'starting';

  get where(): string {
    return this.#step === 0 ? this.#title : `step ${this.#step} (${this.#title})`;
  }

  step(title: string): void {
    this.#step += 1;
    this.#title = title;
    console.log(`\n${this.#step}. ${title}`);
  }

  saw(what: string): void {
    console.log(`   ✓ ${what}`);
  }

  check(condition: boolean, what: string, otherwise?: unknown): void {
    if (!condition)
      throw new NotSeen(otherwise === undefined ? what : `${what}; instead: ${JSON.stringify(otherwise)}`);
    this.saw(what);
  }
}

/** Asks until there is an answer other than `undefined`. */
export async function until<T>(
  what: string,
  seconds: number,
  probe: () => Promise<T | undefined> | T | undefined,
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const found = await probe();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new NotSeen(`${what}: not seen within ${seconds} s`);
    await pause(50);
  }
}
