import type { MessageHandler, PlatformMessage } from '../../port.ts';

/** What has come, and a way to wait for it. */
export class Inbox {
  readonly messages: PlatformMessage[] = [];
  readonly #waiting: { until: () => boolean; resolve: () => void }[] = [];

  readonly take: MessageHandler = async (message) => {
    this.messages.push(message);
    for (const waiter of this.#waiting) if (waiter.until()) waiter.resolve();
  };

  async has(count: number): Promise<PlatformMessage[]> {
    const until = () => this.messages.length >= count;
    if (!until()) await new Promise<void>((resolve) => this.#waiting.push({ until, resolve }));
    return this.messages;
  }

  numbersIn(stream: string): unknown[] {
    return this.messages.filter((message) => message.stream === stream).map(({ data }) => data?.['n']);
  }
}
