import { setTimeout as delay } from 'node:timers/promises';
import type { AxiosInstance } from 'axios';
import { registerWorkspace } from '../support/api.ts';
import { differences, digestDocuments, sizeOf } from './documents.ts';
import { caughtUp, drain, everyItem } from './drain.ts';
import { readHistory } from './history.ts';
import { HOOKS, type Hook } from './hooks.ts';
import { judge, outOfOrder } from './promises.ts';
import { Publishers, WORKSPACE, type PublisherOptions } from './publishers.ts';
import { Random } from './random.ts';
import { Receivers } from './receivers.ts';
import { RunningServer } from './running-server.ts';
import { EmbeddedData, type TrialData } from './trial-data.ts';
import { SCHEDULE, Webhooks } from './webhooks.ts';

export type TrialOptions = {
  readonly seed: number;
  /** Embedded stores in a folder for temporary files otherwise. */
  readonly data?: TrialData;
  readonly env?: Record<string, string>;
  readonly publishing?: PublisherOptions;
  readonly hooks?: readonly Hook[];
  /** Processes that do the work beside one that serves the API; with none of them, one does everything. */
  readonly workers?: number;
  /** How long nothing may move before it is said to stand still. */
  readonly patienceMs?: number;
};
/** The summary has a line for each thing that was counted. */
export type Report = { readonly problems: readonly string[]; readonly summary: string };

/** What a trial needs is not to be had on this machine; the message says what. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

/** Stores, the processes on them, publishers and receivers; something is done to them, and then all is held against what is promised. */
export class Trial {
  readonly data: TrialData;
  readonly receivers: Receivers;
  readonly random: Random;
  /** Serves the API. */
  readonly server: RunningServer;
  readonly workers: readonly RunningServer[];
  readonly publishers: Publishers;
  readonly webhooks: Webhooks;
  readonly problems: string[] = [];
  /** What is looked at beside what every trial promises; answers what it has counted. */
  readonly checks: (() => string)[] = [];
  readonly #killed = new Set<number>();
  readonly #began = performance.now();
  readonly #patienceMs: number | undefined;
  #runs = 0;
  #rebuilding = false;

  private constructor(options: TrialOptions, data: TrialData, receivers: Receivers, random: Random) {
    const { env, publishing, workers = 0, hooks = HOOKS } = options;
    this.data = data;
    this.receivers = receivers;
    this.random = random;
    this.#patienceMs = options.patienceMs;
    const process = (roles: () => string) =>
      new RunningServer(
        data.folder,
        () => ({ RETRY_SCHEDULE: SCHEDULE, MIN_FREE_DISK: '0', ROLES: roles(), ...data.env, ...env }),
        () => ++this.#runs,
      );
    this.server = process(() => (workers > 0 && !this.#rebuilding ? 'api' : 'api,worker'));
    this.workers = Array.from({ length: workers }, () => process(() => 'worker'));
    this.publishers = new Publishers(this.server, random.fork(), publishing);
    this.webhooks = new Webhooks(this.server, receivers, random.fork(), hooks);
  }

  /** Does what `act` does, and then holds what there is against what is promised; `act` answers what else to say in the summary. */
  static async run(options: TrialOptions, act: (trial: Trial) => Promise<string>): Promise<Report> {
    const random = new Random(options.seed);
    const data = options.data ?? (await EmbeddedData.in());
    const trial = new Trial(options, data, await Receivers.start(random.fork()), random);
    let summary = '';
    try {
      summary = await act(trial);
      summary = `${summary}\n${await trial.#conclude()}`;
    } catch (error) {
      if (error instanceof NotHere) throw error;
      trial.problems.push(String((error as Error).stack));
    } finally {
      await trial.#dispose();
    }
    return { problems: trial.problems, summary };
  }

  get kills(): number {
    return this.#killed.size;
  }

  get #processes(): readonly RunningServer[] {
    return [this.server, ...this.workers];
  }

  /** Starts all processes, makes what is published and who receives it, and publishes from then on. */
  async begin(): Promise<void> {
    for (const process of this.#processes) await process.launch();
    const api = await this.server.connect();
    await registerWorkspace(api, WORKSPACE);
    await this.webhooks.create(api);
    this.publishers.start();
  }

  async kill(process = this.server): Promise<void> {
    this.#killed.add(process.run);
    await process.end('SIGKILL');
  }

  /** Waits for something that has to come within a time. */
  async see(what: string, condition: () => boolean, withinMs = 60_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!condition() && performance.now() < deadline) await delay(50);
    if (!condition()) this.problems.push(`within ${withinMs / 1_000} s there was not: ${what}`);
  }

  /** The trouble is over: publishing goes on in the same process, and every refusal has said when to come back. */
  async seeRecovery(acceptedBefore: number): Promise<void> {
    const { publishers } = this;
    await this.see('publishing that goes on', () => publishers.accepted.size > acceptedBefore + 100, 30_000);
    if (publishers.withoutRetryAfter > 0) this.problems.push('a refusal did not say when to come back');
  }

  /** Whatever is wrong with its stores, what only reads is answered, and soon. */
  async seeReadsAnswered(withinMs = 3_000): Promise<void> {
    const { api } = await this.server.up();
    for (const path of ['/health/live', '/health/ready', '/deliveries?limit=1', '/activity?limit=1', '/workspaces']) {
      const began = performance.now();
      const status = await api.get<unknown>(path).then(
        (answer) => answer.status,
        (error: Error) => error.message,
      );
      const took = performance.now() - began;
      if (status !== 200 && !(path === '/health/ready' && status === 503)) this.problems.push(`${path}: ${status}`);
      if (took > withinMs) this.problems.push(`${path} took ${(took / 1_000).toFixed(1)} s`);
    }
  }

  /** Lets everything come to rest. */
  async drain(): Promise<AxiosInstance> {
    const { api } = await this.server.up();
    this.problems.push(...(await drain(api, this.receivers, () => this.webhooks.recover(api), this.#patienceMs)));
    return api;
  }

  /** Stops the load, drains, and holds what there is against what is promised. */
  async #conclude(): Promise<string> {
    const { publishers, webhooks, receivers, data } = this;
    await publishers.stop();
    await webhooks.stop();
    const api = await this.drain();
    const statuses = new Map((await everyItem(api, '/deliveries')).map(({ id, status }) => [id, status]));
    for (const process of this.#processes) {
      if ((await process.end('SIGTERM')) !== 0) this.problems.push('SIGTERM did not end a process by itself');
    }
    this.problems.push(...publishers.problems, ...webhooks.problems);

    const history = await data.readEvents(readHistory);
    const { receipts } = receivers;
    const seen = { history, receipts, statuses, accepted: publishers.accepted, hooks: webhooks.ids };
    const { inFlightAtMost, mayEnd } = webhooks;
    const verdict = judge({ ...seen, killed: this.#killed, inFlightAtMost, mayEnd });
    const ofStrict = receipts.filter(({ hook }) => hook === 'strict');
    const checked = this.checks.map((check) => check());
    this.problems.push(...outOfOrder(history, webhooks.idOf('strict'), ofStrict), ...verdict.problems);
    const documents = await this.#rebuild(history.head);

    return [
      `${publishers.accepted.size} events accepted, ${publishers.refused} requests refused, ${publishers.unanswered} cut off`,
      `${statuses.size} deliveries (${countsOf([...statuses.values()])}), ${receipts.length} receipts`,
      `${verdict.inFlight} of them in flight at a kill, without a recorded outcome`,
      `${ofStrict.length} receipts in strict order`,
      ...checked,
      `${documents} documents compared with a rebuild`,
      `logged: ${this.#logged() || 'no error'}`,
      `${((performance.now() - this.#began) / 1_000).toFixed(0)} s`,
    ].join('\n');
  }

  #logged(): string {
    const counts = new Map<string, number>();
    for (const { errors } of this.#processes)
      for (const [message, n] of errors) counts.set(message, (counts.get(message) ?? 0) + n);
    return [...counts].map(([message, n]) => `${n} × ${message}`).join(', ');
  }

  /** Documents that are folded from the first event again are the same, and nothing is sent or written for it. */
  async #rebuild(head: number): Promise<number> {
    const { data, receivers } = this;
    const before = await data.readDocuments(digestDocuments);
    const alerts = receivers.receipts.length;
    await data.loseDocuments();
    this.#rebuilding = true;
    if (!(await caughtUp(await this.server.start(), this.#patienceMs)))
      this.problems.push('a rebuild does not catch up');
    await this.server.end('SIGTERM');
    const sent = receivers.receipts.length - alerts;
    const written = (await data.readEvents(readHistory)).head - head;
    if (sent > 0 || written > 0) this.problems.push(`a rebuild sent ${sent} alerts and moved the head by ${written}`);
    this.problems.push(...differences(before, await data.readDocuments(digestDocuments)));
    return sizeOf(before);
  }

  /** Ends everything. Data in which something is wrong is left where it is. */
  async #dispose(): Promise<void> {
    void this.publishers.stop();
    void this.webhooks.stop();
    await Promise.all(this.#processes.map((process) => process.end('SIGKILL')));
    await this.receivers.stop();
    if (this.problems.length > 0) this.problems.push(`the data is left in ${this.data.place}`);
    else await this.data.remove();
  }
}

function countsOf(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}
