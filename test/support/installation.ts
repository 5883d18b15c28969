import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { passTo } from '../../apps/server/pass-to.ts';
import { openParts, type Parts } from '../../apps/server/parts.ts';
import { Server } from '../../apps/server/server.ts';
import { readConfig } from '../../libs/platform/config/index.ts';
import { soleOwnerships } from '../../libs/platform/leases/index.ts';
import type { ReadModel } from '../../libs/platform/read-model/index.ts';
import { ManualClock } from '../../libs/platform/runtime/index.ts';
import { Calls } from './calls.ts';
import { ADMIN, CLIENT } from './client.ts';
import { NamedEngines } from './named-engines.ts';
import { turns } from './turns.ts';

export { ADMIN, CLIENT };

export type Options = {
  readonly env?: Record<string, string>;
  readonly outbound?: Parts['outbound'];
  readonly mailer?: Parts['mailer'];
  readonly platformStreams?: Parts['platformStreams'];
  /** As one of several processes; by default it has the stores to itself. */
  readonly ownerships?: Parts['ownerships'];
};

/**
 * A whole installation in this process: real stores, embedded in a temporary folder or on the engines that the environment names, a
 * real port, a clock that stands still (with `CLOCK=manual` in `env` the server's own). It answers requests at once; `work` begins
 * to react and to send.
 */
export class Installation {
  #clock = new ManualClock(Date.parse('2026-11-02T09:00:00Z'));
  readonly #engines = new NamedEngines();
  /** To the stores. */
  readonly #calls = new Calls();
  #server: Server | undefined;
  parts!: Parts;
  url = '';
  /** As the bootstrap client: every scope, on the root. */
  api!: AxiosInstance;

  private constructor(
    readonly folder: string,
    private readonly options: Options,
  ) {}

  /** Not sending yet. */
  static async open(options: Options = {}): Promise<Installation> {
    const installation = new Installation(await mkdtemp(join(tmpdir(), 'carillon-')), options);
    await installation.reopen();
    return installation;
  }

  static async start(options: Options = {}): Promise<Installation> {
    const installation = await Installation.open(options);
    await installation.work();
    return installation;
  }

  get clock(): ManualClock {
    return this.#clock;
  }

  get server(): Server {
    if (!this.#server) throw new Error('The installation is closed.');
    return this.#server;
  }

  /** A new process on the same folder, as far as that can be had in one. */
  async reopen(): Promise<void> {
    const config = readConfig({
      PORT: '0',
      DATA_DIR: this.folder,
      LOG_LEVEL: 'silent',
      BOOTSTRAP_CLIENT_ID: CLIENT.id,
      BOOTSTRAP_CLIENT_SECRET: CLIENT.secret,
      BOOTSTRAP_ADMIN_EMAIL: ADMIN.email,
      BOOTSTRAP_ADMIN_PASSWORD: ADMIN.password,
      ...this.#engines.env,
      ...this.options.env,
    });
    const { env: _, ...replaced } = this.options;
    const clock = config.clock === 'manual' ? {} : { clock: this.#clock };
    const parts = await openParts(config, { ...clock, ownerships: soleOwnerships, ...replaced });
    if (parts.clock instanceof ManualClock) this.#clock = parts.clock;
    const eventStore = this.#calls.to(parts.eventStore);
    this.parts = { ...parts, eventStore, readModel: this.#counted(parts.readModel) };
    this.#server = await Server.create(this.parts);
    this.url = (await this.#server.listen()).replace('[::1]', '127.0.0.1');
    this.api = await this.as(CLIENT.id, CLIENT.secret);
  }

  work(): Promise<void> {
    return this.server.work();
  }

  /** A client of the REST API with a token of its own; no status throws. */
  async as(clientId: string, clientSecret: string, workspaceId?: string): Promise<AxiosInstance> {
    const credentials = {
      client_id: clientId,
      client_secret: clientSecret,
      audience: '',
      grant_type: 'client_credentials',
    };
    const { data } = await axios.post<{ access_token: string }>(`${this.url}/oauth/token`, credentials);
    return this.anonymous({
      Authorization: `Bearer ${data.access_token}`,
      ...(workspaceId ? { Workspace: workspaceId } : {}),
    });
  }

  /** A client of the REST API as the console is one, with the session of this user. */
  async signIn(email: string, password: string, workspaceId?: string): Promise<AxiosInstance> {
    return this.inSession(await this.anonymous().post('/session', { email, password }), workspaceId);
  }

  /** The same with the session that an answer began. */
  inSession(begun: AxiosResponse, workspaceId?: string): AxiosInstance {
    const [cookie] = /^carillon_session=[^;]+/.exec(begun.headers['set-cookie']?.[0] ?? '') ?? [];
    if (cookie === undefined) throw new Error(`No session began: ${begun.status} ${JSON.stringify(begun.data)}`);
    return this.anonymous({
      Cookie: cookie,
      'Carillon-Console': '1',
      ...(workspaceId ? { Workspace: workspaceId } : {}),
    });
  }

  anonymous(headers: Record<string, string> = {}): AxiosInstance {
    return axios.create({ baseURL: this.url, headers, validateStatus: () => true });
  }

  /** Resolves when all that is in the store has been folded and reacted to, and what is due by now has been done as far as it can be. */
  settled(): Promise<void> {
    return this.server.settled();
  }

  /**
   * Resolves when nothing goes on but what is in flight: no store is being asked for anything, what is stored is folded and reacted to,
   * and what may be begun has begun.
   */
  async quiet(): Promise<void> {
    const { eventStore } = this.parts;
    for (let head = -2; head !== (await eventStore.head()) || this.#calls.pending > 0;) {
      head = await eventStore.head();
      await this.server.sagas.caughtUp();
      await this.server.projections.caughtUp();
      await turns(20);
    }
  }

  /** Moves the clock to each instant something waits for, and lets that happen, until nothing waits before `milliseconds` from now. */
  pass(milliseconds: number): Promise<void> {
    return passTo(this.clock, this.clock.now() + milliseconds, () => this.settled());
  }

  async close(): Promise<void> {
    await this.#server?.stop();
    this.#server = undefined;
  }

  /** Deletes what can be built again; the installation must be closed. */
  async loseReadModels(): Promise<void> {
    if (!this.#engines.documentsAreEmbedded) return this.#engines.loseDocuments();
    for (const file of await readdir(this.folder))
      if (file.startsWith('read-models')) await rm(join(this.folder, file), { force: true });
  }

  async dispose(): Promise<void> {
    await this.close();
    await this.#engines.dispose();
    await rm(this.folder, { recursive: true, force: true });
  }

  #counted(readModel: ReadModel): ReadModel {
    return {
      live: async (projection) => this.#calls.to(await readModel.live(projection)),
      rebuild: async (projection) => this.#calls.to(await readModel.rebuild(projection)),
      swap: (name) => readModel.swap(name),
      close: () => readModel.close(),
    };
  }
}
