import { setTimeout as delay } from 'node:timers/promises';
import type { AxiosInstance, AxiosResponse } from 'axios';
import { createWebhook, registerWorkspace } from '../support/api.ts';
import type { Hook } from './hooks.ts';
import { People } from './people.ts';
import { WORKSPACE } from './publishers.ts';
import type { Random } from './random.ts';
import type { Behaviour, Receivers } from './receivers.ts';
import type { RunningServer } from './running-server.ts';

/** Of RETRY_SCHEDULE, which is that of all but the strictly ordered one. */
export const SCHEDULE = '0,1,2,4';
const MOST_TESTS_IN_FLIGHT = 4;

const good: Behaviour = () => 200;
const header = { headers: { Workspace: WORKSPACE } };
/** Their receivers fail at times. */
const MOODY: readonly string[] = ['strict', 'failing', 'toggled'];

/** The webhooks of a run: their receivers' moods, and an admin who changes things from time to time. */
export class Webhooks {
  readonly ids = new Map<string, string>();
  readonly problems: string[] = [];
  readonly #people: People;
  /** Changes that were answered with success. */
  changes = 0;
  #stopped = false;
  #done: Promise<void> = Promise.resolve();
  readonly #server: RunningServer;
  readonly #receivers: Receivers;
  readonly #random: Random;
  readonly #hooks: readonly Hook[];

  constructor(server: RunningServer, receivers: Receivers, random: Random, hooks: readonly Hook[]) {
    this.#hooks = hooks;
    this.#server = server;
    this.#receivers = receivers;
    this.#random = random;
    this.#people = new People((...request) => this.#request(...request), random.fork());
  }

  async create(api: AxiosInstance): Promise<void> {
    const create = async ({ name, workspace, delivery }: Hook) => {
      if (workspace !== WORKSPACE) await registerWorkspace(api, workspace);
      const url = `${this.#receivers.url}/${name}`;
      this.ids.set(await createWebhook(api, workspace, url, { name, delivery }), name);
    };
    await Promise.all(this.#hooks.map(create));
    const moods = this.#random.fork();
    this.#receivers.behaviours.set('strict', () => (moods.chance(0.03) ? 500 : 200));
    this.#receivers.behaviours.set('failing', () => (moods.chance(0.3) ? moods.pick([500, 500, 502, 404]) : 200));
  }

  idOf(name: string): string {
    return [...this.ids].find(([, each]) => each === name)?.[0] ?? '';
  }

  /** From now on something is changed every now and then. */
  start(): void {
    this.#done = this.#administer();
  }

  /** Every receiver is well again, and nobody changes anything any more. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#done;
    this.problems.push(...this.#people.problems.splice(0));
    for (const { name } of this.#hooks) this.#receivers.behaviours.set(name, good);
  }

  /** Attempts of a webhook, or of its tests. */
  readonly inFlightAtMost = (hook: string, isTest: boolean): number =>
    isTest ? MOST_TESTS_IN_FLIGHT : (this.#hooks.find(({ name }) => name === hook)?.inFlight ?? 0);

  /** Whether a delivery may have come to this end, with the moods of the receivers and what the admin does. */
  readonly mayEnd = (hook: string, status: string): boolean => {
    if (status === 'cancelled') return hook === 'toggled';
    return status === 'succeeded' || (status === 'exhausted' && MOODY.includes(hook));
  };

  async #administer(): Promise<void> {
    const random = this.#random;
    const toggled = `/settings/webhooks/${this.idOf('toggled')}`;
    const mood = (behaviour: Behaviour) => async () => void this.#receivers.behaviours.set('toggled', behaviour);
    const enable = () => this.#ask(`${toggled}/enable`);
    const release = () => this.#ask(`${toggled}/release-held`, { ratePerSecond: 1_000 });
    const steps: [() => Promise<void>, ...(() => Promise<void>)[]] = [
      () => this.#ask(`${toggled}/disable`),
      enable,
      enable,
      enable,
      release,
      release,
      () => this.#ask(`${toggled}/cancel-held`),
      mood(good),
      mood(good),
      mood(() => 500),
      mood(() => (random.chance(0.02) ? 410 : 200)),
      () => this.#ask(`/settings/webhooks/${this.idOf(random.pick(['plain', 'strict', 'limited']))}/test`),
      () => this.#ask(`/settings/webhooks/${this.idOf('failing')}/redeliver`, { what: 'not-delivered' }),
      () => this.#ask(`/settings/webhooks/${this.idOf(random.pick(['plain', 'strict']))}/rotate-secret`),
      () => this.#people.invite(),
      () => this.#people.letIn(),
    ];
    while (!this.#stopped) {
      await random.pick(steps)();
      await delay(random.between(20, 300));
    }
  }

  async #ask(path: string, body: object = {}): Promise<void> {
    if (await this.#request('post', path, body, header.headers)) this.changes++;
  }

  async #request(
    method: 'get' | 'post',
    path: string,
    body?: object,
    headers: Record<string, string | null> = {},
  ): Promise<AxiosResponse | undefined> {
    const { api } = await this.#server.up();
    try {
      const answer = await api.request<unknown>({ method, url: path, data: body, headers });
      if (answer.status < 300) return answer;
      if (![409, 503].includes(answer.status)) this.problems.push(`${method} ${path} was answered ${answer.status}`);
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === 'ECONNABORTED') this.problems.push(`${method} ${path} hung: ${message}`);
    }
    return undefined;
  }

  /** Enables what is disabled, and lets go of what is held. True once nothing is. */
  async recover(api: AxiosInstance): Promise<boolean> {
    const id = this.idOf('toggled');
    const { data: webhook } = await api.get<{ status: string }>(`/settings/webhooks/${id}`, header);
    if (webhook.status === 'disabled') await this.#ask(`/settings/webhooks/${id}/enable`);
    const { data: held } = await api.get<{ items: unknown[] }>(`/deliveries?webhook=${id}&status=held&limit=1`);
    if (held.items.length === 0 && webhook.status === 'enabled') return true;
    await this.#ask(`/settings/webhooks/${id}/release-held`, { ratePerSecond: 1_000 });
    return false;
  }
}
