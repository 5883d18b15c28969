import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { CLIENT } from './client.ts';

const MAIN = join(import.meta.dirname, '../../dist/apps/server/main.js');

/** The built server in a process of its own, so that it can be killed. */
export class ServerProcess {
  output = '';
  /** As the bootstrap client, once `start` has it; no status throws. */
  api!: AxiosInstance;
  readonly #child: ChildProcess;
  readonly #exit: Promise<number | null>;
  readonly #readers = new Set<() => void>();

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.#exit = once(child, 'exit').then(([code]) => code as number | null);
    const read = (chunk: Buffer) => {
      this.output += chunk.toString();
      this.#readers.forEach((reader) => reader());
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
  }

  /** Does not wait for anything. An empty variable is as good as none. */
  static async launch(folder: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const credentials = { BOOTSTRAP_CLIENT_ID: CLIENT.id, BOOTSTRAP_CLIENT_SECRET: CLIENT.secret };
    const settings = { PATH: process.env['PATH'], PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' };
    const stdio: ['ignore', 'pipe', 'pipe'] = ['ignore', 'pipe', 'pipe'];
    return new ServerProcess(spawn(process.execPath, [MAIN], { env: { ...settings, ...credentials, ...env }, stdio }));
  }

  /** Up, and with a token. */
  static async start(folder: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const server = await ServerProcess.launch(folder, env);
    await server.connect();
    return server;
  }

  /** Waits until it is up, and takes a token. */
  async connect(): Promise<void> {
    const url = await this.url();
    const credentials = {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      audience: '',
      grant_type: 'client_credentials',
    };
    const { data } = await axios.post<{ access_token: string }>(`${url}/oauth/token`, credentials);
    const headers = { Authorization: `Bearer ${data.access_token}` };
    this.api = axios.create({ baseURL: url, headers, validateStatus: () => true });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** Where it listens: it says so once it does. */
  async url(): Promise<string> {
    return (await this.printed(/API +(http:\S+)\n/))[1] ?? '';
  }

  /** Resolves once this is in the output; rejects if the process ends before. */
  async printed(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const found = pattern.exec(this.output);
      if (found) return found;
      let reader = () => undefined as void;
      const more = new Promise<void>((resolve) => this.#readers.add((reader = resolve)));
      const ended = this.#exit.then((code) => {
        if (!pattern.test(this.output)) throw new Error(`The server ended with ${code}: ${this.output}`);
      });
      await Promise.race([more, ended]);
      this.#readers.delete(reader);
    }
  }

  /** The exit code, once it has ended by itself. */
  ended(): Promise<number | null> {
    return this.#exit;
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    this.#child.kill(signal);
    return this.#exit;
  }
}
