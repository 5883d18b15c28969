import type { Outbound } from '../../libs/modules/delivery/send-attempts/ports.ts';
import type { OutboundAnswer, OutboundRequest } from '../../libs/platform/outbound-http/index.ts';

export const answered = (statusCode = 200): OutboundAnswer => ({
  kind: 'answered',
  statusCode,
  answer: '',
  answerTruncated: false,
  address: '127.0.0.1',
  durationMs: 1,
});

type Held = { readonly id: string; readonly url: string; readonly answer: (statusCode?: number) => void };

/** The network, held in the hand: alerts of events are kept in flight until they are answered, unless `holds` is off. */
export class HeldOutbound implements Outbound {
  /** Hook ids, in the order in which attempts began; without those of tests. */
  readonly begun: string[] = [];
  readonly inFlight = new Set<Held>();
  holds = true;
  statusCode = 200;
  /** The most that were in flight at once: in all, and to one URL. */
  readonly most = { inAll: 0, ofAnUrl: 0 };
  readonly #waiting: { until: () => boolean; resolve: () => void }[] = [];

  post({ url, body }: OutboundRequest): Promise<OutboundAnswer> {
    const alert = JSON.parse(String(body)) as { id: string; type: string };
    if (alert.type === 'test') return Promise.resolve(answered());
    this.begun.push(alert.id);
    return new Promise((resolve) => {
      const answer = (statusCode = this.statusCode) => {
        this.inFlight.delete(held);
        resolve(answered(statusCode));
      };
      const held: Held = { id: alert.id, url, answer };
      this.inFlight.add(held);
      this.#count(url);
      if (!this.holds) setImmediate(answer, this.statusCode);
      this.#waiting.filter(({ until }) => until()).forEach((waiter) => waiter.resolve());
    });
  }

  /** Resolves once the condition holds, looking at each attempt that begins. */
  async until(condition: () => boolean): Promise<void> {
    if (!condition()) await new Promise<void>((resolve) => this.#waiting.push({ until: condition, resolve }));
  }

  begins(count: number): Promise<void> {
    return this.until(() => this.begun.length >= count);
  }

  /** Answers what is in flight, and holds nothing from now on. */
  letGo(statusCode = 200): void {
    this.holds = false;
    this.statusCode = statusCode;
    for (const held of [...this.inFlight]) held.answer(statusCode);
  }

  #count(url: string): void {
    const ofUrl = [...this.inFlight].filter((held) => held.url === url).length;
    this.most.inAll = Math.max(this.most.inAll, this.inFlight.size);
    this.most.ofAnUrl = Math.max(this.most.ofAnUrl, ofUrl);
  }
}
