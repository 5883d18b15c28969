import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { StoreUnavailable } from '../../libs/platform/event-store/index.ts';
import { createWebhook, events, idsOf, publish, registerWorkspace, webhookBody } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldOutbound, timedOut } from './held-outbound.ts';

export const STRICT = 'http://127.0.0.1:9/strict';
export const OTHER = 'http://127.0.0.1:10/other';
const HOUR = 3_600_000;
const headers = { Workspace: 'workspace' };

/** Refuses to record the fan-out of these events, once each. */
export function refuseFanOut(installation: Installation, refused: (eventId: string) => boolean): void {
  const store = installation.parts.eventStore;
  const append = store.append.bind(store);
  store.append = (request) => {
    const [first] = request.events;
    const { eventId } = (first?.data ?? {}) as { eventId?: string };
    if (first?.type === 'EventFannedOut' && refused(String(eventId)))
      return Promise.reject(new StoreUnavailable('The disk is full.'));
    return append(request);
  };
}

/** One random history: what the receiver answers, and how fast the stores are, is drawn from `seed`. */
export class History {
  readonly outbound = new HeldOutbound();
  readonly owed: string[] = [];
  readonly published: string[] = [];
  readonly faults: string[] = [];
  readonly received: string[] = [];
  readonly failures = new Map<string, number>();
  readonly #over = new Set<string>();
  readonly #fannedOut = new Set<string>();
  #installation: Installation | undefined;
  #strict = '';
  #enabled = true;
  #changes = 0;
  #calm = false;
  #next = 0;
  #state: number;

  constructor(
    seed: number,
    /** Attempts of a round. */
    private readonly attempts: number,
    private readonly mostFailures: number,
  ) {
    this.#state = seed;
    this.outbound.holds = false;
    this.outbound.answerOf = ({ id, url }) => (url === STRICT ? this.#answer(id) : 200);
    this.outbound.onBegun = ({ id, url }) => url === STRICT && this.#begun(id);
  }

  get installation(): Installation {
    if (!this.#installation) throw new Error('It has not begun.');
    return this.#installation;
  }

  get delivery() {
    const schedule = Array.from({ length: this.attempts }, (_, n) => n);
    return { strictOrder: true, schedule, onExhausted: 'continue', concurrency: 1 + this.#changes };
  }

  async begin(): Promise<void> {
    this.#installation = await Installation.open({ outbound: this.outbound });
    await registerWorkspace(this.installation.api, 'workspace');
    this.#strict = await createWebhook(this.installation.api, 'workspace', STRICT, { delivery: this.delivery });
    await createWebhook(this.installation.api, 'workspace', OTHER);
    await this.#work();
  }

  async publish(count: number): Promise<void> {
    const list = events(count);
    await publish(this.installation.api, ...list);
    this.published.push(...idsOf(list));
    if (this.#enabled) this.owed.push(...idsOf(list));
  }

  async restart(): Promise<void> {
    await this.installation.close();
    await this.installation.reopen();
    await this.#work();
  }

  async toggle(): Promise<void> {
    const [action, body] = this.#enabled ? ['disable', {}] : ['enable', { held: 'release' }];
    const path = `/settings/webhooks/${this.#strict}/${action}`;
    const { status } = await this.installation.api.post(path, body, { headers });
    if (status !== 200) throw new Error(`${path} answered ${status}`);
    this.#enabled = !this.#enabled;
  }

  async change(): Promise<void> {
    this.#changes++;
    const status = this.#enabled ? 'enabled' : 'disabled';
    const body = webhookBody(STRICT, { delivery: this.delivery, status });
    await this.installation.api.put(`/settings/webhooks/${this.#strict}`, body, { headers });
  }

  /** The other webhook has all there is, without the clock moving. */
  async settle(): Promise<void> {
    await this.installation.settled();
    const missing = this.published.length - this.outbound.begunAt(OTHER).length;
    if (missing !== 0) this.faults.push(`${missing} did not reach the other webhook`);
  }

  async end(): Promise<void> {
    if (!this.#enabled) await this.toggle();
    await this.installation.pass(HOUR);
    this.#calm = true;
    await this.installation.pass(HOUR);
  }

  async #work(): Promise<void> {
    const { documents } = await this.installation.server.projections.runner(deliveries);
    // As slow as a store that is asked over a network, now and then.
    const find = documents.find.bind(documents);
    documents.find = async (query) => {
      const page = await find(query);
      await turns(this.#random() < 0.5 ? 0 : this.#random() * 20);
      return page;
    };
    const commit = documents.commit.bind(documents);
    documents.commit = async (...given) => {
      await turns(this.#random() < 0.5 ? 0 : this.#random() * 20);
      return commit(...given);
    };
    refuseFanOut(this.installation, (id) => {
      const refused = !this.#fannedOut.has(id) && this.#random() < 0.02;
      this.#fannedOut.add(id);
      return refused;
    });
    await this.installation.work();
  }

  #answer(id: string) {
    const failures = this.failures.get(id) ?? 0;
    if (failures < this.mostFailures && !this.#calm && this.#random() < 0.3) {
      this.failures.set(id, failures + 1);
      if ((failures + 1) % this.attempts === 0) this.#over.add(id);
      return this.#random() < 0.5 ? 500 : timedOut;
    }
    this.#over.add(id);
    this.received.push(id);
    return 200;
  }

  /** It is the first of those that were owed and are not over. */
  #begun(id: string): void {
    while (this.#over.has(this.owed[this.#next] ?? '')) this.#next++;
    // A batch may be on its way before its publication is answered.
    const next = this.owed[this.#next];
    if (this.#over.has(id)) this.faults.push(`${id} was begun again`);
    else if (next !== undefined && next !== id) this.faults.push(`${id} was begun before ${next}`);
  }

  /** Mulberry32. */
  #random(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  }
}
