import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.ts';
import type { RunningServer, Up } from './running-server.ts';

export const WORKSPACE = 'workspace';
const newWorkspace = (eventId: string) => `of-${eventId}`;
/** Whose webhooks hear of a workspace: its own, or, if an event made it, those of the one above. */
export const homeOf = (workspaceId: string): string => (workspaceId.startsWith('of-') ? WORKSPACE : workspaceId);

type Item = { readonly id: string | null; readonly status: string };
type Problem = { readonly status: number; readonly retryAfter?: number };
type Published = { readonly id: string } & Readonly<Record<string, unknown>>;
export type PublisherOptions = {
  /** Bytes that each event carries beside what it needs. */
  readonly padding?: number;
  readonly largestBatch?: number;
  /** The longest rest between two requests. */
  readonly restMs?: number;
  /** Of events that make a workspace of their own. */
  readonly newWorkspaces?: number;
  /** Which workspace the next event is of. */
  readonly workspaceOf?: (random: Random) => string;
};

/** Publish at the same time, each in its own way, and keep what was answered. What is not answered is sent again, or given up. */
export class Publishers {
  /** Answered `accepted` or `duplicate`: on disk. */
  readonly accepted = new Set<string>();
  readonly problems: string[] = [];
  /** Answers of 503, and those of them that named no time to come back. */
  refused = 0;
  withoutRetryAfter = 0;
  /** Requests that ended without an answer. */
  unanswered = 0;
  #stopped = false;
  #done: Promise<unknown> = Promise.resolve();
  readonly #server: RunningServer;
  readonly #random: Random;
  readonly #options: Required<PublisherOptions>;

  constructor(server: RunningServer, random: Random, options: PublisherOptions = {}) {
    this.#server = server;
    this.#random = random;
    this.#options = {
      padding: 0,
      largestBatch: 25,
      restMs: 150,
      newWorkspaces: 0.01,
      workspaceOf: () => WORKSPACE,
      ...options,
    };
  }

  start(): void {
    const ways = [this.#one, this.#batch, this.#batch, this.#stream];
    this.#done = Promise.all(ways.map((publish, n) => this.#go(`p${n}`, publish, this.#random.fork())));
  }

  /** Resolves when the requests that are under way are over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
  }

  async #go(name: string, publish: (up: Up, events: Published[]) => Promise<boolean>, random: Random): Promise<void> {
    let [made, left] = [0, [] as Published[]];
    while (!this.#stopped) {
      const up = await this.#server.up();
      const count = publish === this.#one ? 1 : random.integer(1, this.#options.largestBatch);
      while (left.length < count) left.push(this.#event(`${name}-${made++}`, random));
      const answered = await publish.call(this, up, left).catch((error: unknown) => this.#failed(error));
      left = left.filter(({ id }) => !this.accepted.has(id));
      if (left.length > 0 && random.chance(0.3)) left = [];
      await delay(answered ? random.between(0, this.#options.restMs) : 20);
    }
  }

  #event(id: string, random: Random): Published {
    const isNew = random.chance(this.#options.newWorkspaces);
    const parent = isNew ? { parentWorkspaceId: WORKSPACE } : {};
    const note = 'x'.repeat(this.#options.padding);
    const data = { companyName: 'company1', displayName: 'company1', type: 'child', note, ...parent };
    return {
      id,
      type: 'workspace-created',
      workspaceId: isNew ? newWorkspace(id) : this.#options.workspaceOf(random),
      data,
    };
  }

  #failed(error: unknown): boolean {
    const { code, name, message } = error as { code?: string; name: string; message: string };
    if (code === 'ECONNABORTED' || name === 'TimeoutError') this.problems.push(`publishing hung: ${message}`);
    this.unanswered++;
    return false;
  }

  #one(up: Up, events: Published[]): Promise<boolean> {
    return this.#batch(up, events[0]);
  }

  async #batch({ api }: Up, body: object | undefined): Promise<boolean> {
    const { status, data, headers } = await api.post<{ items?: Item[] }>('/events', body);
    return this.#answered(status, data, headers['retry-after']);
  }

  /** As lines, a few at a time, while the answers are read. */
  async #stream({ api, url }: Up, events: Published[]): Promise<boolean> {
    async function* lines() {
      for (const event of events) {
        yield `${JSON.stringify(event)}\n`;
        await delay(1);
      }
    }
    const response = await fetch(`${url}/events`, {
      method: 'POST',
      headers: {
        Authorization: api.defaults.headers['Authorization'] as string,
        'Content-Type': 'application/x-ndjson',
      },
      body: ReadableStream.from(lines()).pipeThrough(new TextEncoderStream()),
      duplex: 'half',
      signal: AbortSignal.timeout(30_000),
    });
    if (response.status !== 202) {
      const data = (await response.json()) as { items?: Item[] };
      return this.#answered(response.status, data, response.headers.get('retry-after'));
    }
    let text = '';
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      const complete = `${text}${chunk}`.split('\n');
      text = complete.pop() ?? '';
      for (const line of complete) {
        const item = JSON.parse(line) as Item | Problem;
        if (isProblem(item)) return this.#answered(item.status, {}, item.retryAfter);
        this.#take(item);
      }
    }
    return true;
  }

  #answered(status: number, { items = [] }: { items?: Item[] }, retryAfter: unknown): boolean {
    for (const item of items) this.#take(item);
    if (status === 202) return true;
    if (status === 503) {
      this.refused++;
      if (retryAfter === undefined || retryAfter === null) this.withoutRetryAfter++;
    } else {
      this.problems.push(`publishing was answered ${status}`);
    }
    return false;
  }

  #take({ id, status }: Item): void {
    if (id !== null && (status === 'accepted' || status === 'duplicate')) this.accepted.add(id);
    else this.problems.push(`publishing ${id} was answered ${status}`);
  }
}

const isProblem = (line: Item | Problem): line is Problem => typeof line.status === 'number';
