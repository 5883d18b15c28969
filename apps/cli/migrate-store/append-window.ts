import type { EventStore } from '../../../libs/platform/event-store/index.ts';
import type { Recorded } from '../../../libs/platform/kernel/index.ts';
import type { Copy } from './append-groups.ts';

/** Appends in flight. */
const MOST_APPENDS = 64;
const MOST_BYTES = 8 * 1024 * 1024;

type InFlight = { readonly copy: Copy; readonly answer: Promise<readonly Recorded[] | undefined> };

/** Appends that are called, and whose answers are awaited, in order. Once one has failed no other is called. */
export class AppendWindow {
  readonly #inFlight: InFlight[] = [];
  #bytes = 0;
  #gap = false;
  #failure: { readonly error: unknown } | undefined;

  /** @param appended is told, in order, of all that was appended before the first failure. */
  constructor(
    private readonly target: Pick<EventStore, 'append'>,
    private readonly appended: (copy: Copy, recorded: readonly Recorded[]) => void,
  ) {}

  get failure(): { readonly error: unknown } | undefined {
    return this.#failure;
  }

  /** Resolves when it is called; that waits until there is room. */
  async call(copy: Copy): Promise<void> {
    while (this.#isFull(copy)) await this.#settleFirst();
    if (this.#failure) return;
    const answer = this.target.append(copy.request).catch((error: unknown) => {
      this.#failure ??= { error };
      return undefined;
    });
    this.#inFlight.push({ copy, answer });
    this.#bytes += copy.bytes;
  }

  /** Resolves when nothing is in flight. */
  async drained(): Promise<void> {
    while (this.#inFlight.length > 0) await this.#settleFirst();
  }

  #isFull({ bytes }: Copy): boolean {
    const count = this.#inFlight.length;
    return count > 0 && (count >= MOST_APPENDS || this.#bytes + bytes > MOST_BYTES);
  }

  async #settleFirst(): Promise<void> {
    const first = this.#inFlight[0];
    if (!first) return;
    const recorded = await first.answer;
    this.#inFlight.shift();
    this.#bytes -= first.copy.bytes;
    this.#gap ||= recorded === undefined;
    if (recorded && !this.#gap) this.appended(first.copy, recorded);
  }
}
