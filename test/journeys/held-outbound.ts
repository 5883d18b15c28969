import type { Outbound } from '../../libs/modules/delivery/send-attempts/ports.ts';
import type { OutboundAnswer, OutboundRequest } from '../../libs/platform/outbound-http/index.ts';

export const answered = (statusCode = 200, retryAfter?: string): OutboundAnswer => ({
  kind: 'answered',
  statusCode,
  answer: '',
  answerTruncated: false,
  address: '127.0.0.1',
  durationMs: 1,
  ...(retryAfter === undefined ? {} : { retryAfter }),
});
export const timedOut: OutboundAnswer = { kind: 'failed', errorClass: 'timeout', message: '', durationMs: 15_000 };

/** A status, or the whole answer. */
type Answer = number | OutboundAnswer;
type Attempt = { readonly id: string; readonly url: string };
type Held = Attempt & { readonly answer: (answer?: Answer) => void };

/** The network, held in the hand: alerts of events are kept in flight until they are answered, unless `holds` is off. */
export class HeldOutbound implements Outbound {
  /** Hook ids, in the order in which attempts began; without those of tests. */
  readonly begun: string[] = [];
  readonly inFlight = new Set<Held>();
  holds = true;
  statusCode = 200;
  /** Answers by itself whatever it has an answer for. */
  answerOf: (attempt: Attempt) => Answer | undefined = () => undefined;
  /** Called when an attempt begins, and when it is answered. */
  onBegun: (attempt: Attempt) => void = () => undefined;
  onAnswered: (attempt: Attempt, answer: OutboundAnswer) => void = () => undefined;
  /** The most that were in flight at once: in all, and to one URL. */
  readonly most = { inAll: 0, ofAnUrl: 0 };
  readonly #waiting: { until: () => boolean; resolve: () => void }[] = [];
  readonly #urls: string[] = [];

  post({ url, body }: OutboundRequest): Promise<OutboundAnswer> {
    const alert = JSON.parse(String(body)) as { id: string; type: string };
    if (alert.type === 'test') return Promise.resolve(answered());
    this.begun.push(alert.id);
    this.#urls.push(url);
    return new Promise((resolve) => {
      const answer = (given: Answer = this.statusCode) => {
        if (!this.inFlight.delete(held)) return;
        const whole = typeof given === 'number' ? answered(given) : given;
        this.onAnswered(held, whole);
        resolve(whole);
      };
      const held: Held = { id: alert.id, url, answer };
      this.inFlight.add(held);
      this.#count(url);
      this.onBegun(held);
      const known = this.answerOf(held);
      if (known !== undefined || !this.holds) setImmediate(answer, known ?? this.statusCode);
      this.#waiting.filter(({ until }) => until()).forEach((waiter) => waiter.resolve());
    });
  }

  /** What has begun so far is not counted any more. */
  forget(): void {
    this.begun.length = 0;
    this.#urls.length = 0;
  }

  /** Hook ids of the attempts at one URL. */
  begunAt(url: string): string[] {
    return this.begun.filter((_, n) => this.#urls[n] === url);
  }

  inFlightAt(url: string): Held[] {
    return [...this.inFlight].filter((held) => held.url.startsWith(url));
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
