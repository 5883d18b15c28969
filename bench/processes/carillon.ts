import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Resources } from './resources.ts';

const MAIN = join(import.meta.dirname, '../../apps/server/main.js');
export const CLIENT = { id: 'bench-client-0123456789', secret: 'bench-secret-0123456789-0123456789' };
export const LOG_LEVEL = 'warn';
const PATIENCE_MS = 60_000;

export type Health = { readonly status: string; readonly lag: Readonly<Record<string, number>> };

/** The built server in a process of its own, used over HTTP as anyone would. */
export class Carillon {
  token = '';
  url = '';
  #output = '';

  private constructor(
    private readonly child: ChildProcess,
    readonly folder: string,
  ) {
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.#output += chunk.toString()));
  }

  /** Does not wait for anything. */
  static launch(resources: Resources, folder: string, env: Record<string, string> = {}): Carillon {
    const credentials = { BOOTSTRAP_CLIENT_ID: CLIENT.id, BOOTSTRAP_CLIENT_SECRET: CLIENT.secret };
    const settings = { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder, LOG_LEVEL, ...credentials, ...env };
    const child = spawn(process.execPath, [MAIN], { env: settings, stdio: ['ignore', 'pipe', 'pipe'] });
    resources.own(child);
    return new Carillon(child, folder);
  }

  /** Listening, and with a token. */
  static async start(resources: Resources, folder: string, env: Record<string, string> = {}): Promise<Carillon> {
    const carillon = Carillon.launch(resources, folder, env);
    await carillon.listening();
    const grant = {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      audience: '',
      grant_type: 'client_credentials',
    };
    const { access_token: token } = await carillon.call<{ access_token: string }>('POST', '/oauth/token', grant);
    carillon.token = token;
    return carillon;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  async listening(): Promise<void> {
    for (;;) {
      const url = /API +(http:\S+)\n/.exec(this.#output)?.[1];
      if (url !== undefined) {
        this.url = url;
        return;
      }
      this.#checkAlive();
      await delay(2);
    }
  }

  /** @throws with what was answered, for any status that is not 2xx. */
  async call<T>(method: 'GET' | 'POST', path: string, body?: object, workspace?: string): Promise<T> {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (this.token !== '') headers['authorization'] = `Bearer ${this.token}`;
    if (workspace !== undefined) headers['workspace'] = workspace;
    const request = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const answer = await fetch(`${this.url}${path}`, request);
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text.slice(0, 500)}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /**
   * Resolves once it is ready and every projection and saga has reached the head of the store.
   * @throws when none of them gets on for a minute.
   */
  async caughtUp(everyMs = 10): Promise<void> {
    let least = Infinity;
    for (let since = performance.now(); ;) {
      const { status, lag } = await this.health();
      const behind = Object.values(lag).reduce((sum, positions) => sum + positions, 0);
      if (status === 'ready' && behind === 0) return;
      if (behind < least) [least, since] = [behind, performance.now()];
      if (performance.now() - since > PATIENCE_MS)
        throw new Error(`The server is ${status}, lag ${JSON.stringify(lag)}.`);
      await delay(everyMs);
    }
  }

  /** @throws when that takes longer than a minute. */
  async ready(): Promise<void> {
    const since = performance.now();
    while ((await this.health()).status !== 'ready') {
      if (performance.now() - since > PATIENCE_MS) throw new Error('The server did not become ready within a minute.');
    }
  }

  async health(): Promise<Health> {
    this.#checkAlive();
    const answer = await fetch(`${this.url}/health/ready`);
    return (await answer.json()) as Health;
  }

  /** Ends it in order. */
  async stop(): Promise<void> {
    const exit = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exit;
  }

  #checkAlive(): void {
    const { exitCode, signalCode } = this.child;
    if (exitCode === null && signalCode === null) return;
    throw new Error(`The server ended with ${signalCode ?? exitCode}: ${this.#output.slice(-2_000)}`);
  }
}
