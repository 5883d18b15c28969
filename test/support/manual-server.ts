import type { AxiosInstance } from 'axios';
import { ServerProcess } from './server-process.ts';

type Page<T> = { readonly items: readonly T[]; readonly nextCursor: string | null };
export type Request = { readonly body?: object; readonly workspace?: string; readonly status?: number };

/** A server process whose clock is moved by hand, forward only. It may come and go; the clock stays where it was put. */
export class ManualServer {
  now = 0;
  #process: ServerProcess | undefined;

  constructor(
    private readonly folder: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  get api(): AxiosInstance {
    return this.#running.api;
  }

  get pid(): number {
    return this.#running.pid;
  }

  /** With a token. */
  async start(): Promise<void> {
    // It may have to be ended before it is up.
    this.#process = await ServerProcess.launch(this.folder, { CLOCK: 'manual', ...this.env });
    await this.#process.connect();
  }

  /** Resolves when all that became due on the way has been handed out; tokens end with the day, so there is a new one then. */
  async moveTo(now: number): Promise<void> {
    await this.ask('PUT', '/testing/clock', { body: { now: new Date(now).toISOString() } });
    this.now = now;
    await this.#running.connect();
  }

  /** @throws {Error} if the answer has any other status than this, or than one of success. */
  async ask<T>(method: string, url: string, { body, workspace, status }: Request = {}): Promise<T> {
    const headers = workspace === undefined ? {} : { Workspace: workspace };
    const answer = await this.api.request<T>({ method, url, data: body, headers });
    const isExpected = status === undefined ? answer.status < 300 : answer.status === status;
    if (isExpected) return answer.data;
    throw new Error(`${method} ${url} answered ${answer.status}: ${JSON.stringify(answer.data)}`);
  }

  /** Everything that a list has. */
  async all<T>(url: string, workspace?: string, filter: Readonly<Record<string, string>> = {}): Promise<T[]> {
    const items: T[] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const query = new URLSearchParams({ ...filter, limit: '200', ...(cursor === undefined ? {} : { cursor }) });
      const page: Page<T> = await this.ask('GET', `${url}?${query.toString()}`, { workspace });
      items.push(...page.items);
      cursor = page.nextCursor;
    }
    return items;
  }

  /** The exit code; null if it was killed. */
  async end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const process = this.#running;
    this.#process = undefined;
    return process.kill(signal);
  }

  async dispose(): Promise<void> {
    if (this.#process) await this.end('SIGKILL');
  }

  get #running(): ServerProcess {
    if (!this.#process) throw new Error('The server is not running.');
    return this.#process;
  }
}
