import type { AxiosInstance } from 'axios';
import { headerPrefixOf } from './receivers.ts';
import { ServerProcess } from '../support/server-process.ts';

export type Up = { readonly url: string; readonly api: AxiosInstance };

const LONGEST_REQUEST_MS = 30_000;

/** What each start of a process is told anew. */
export type Environment = () => Readonly<Record<string, string>>;

/** A server that comes and goes, and those who wait for it to be there. */
export class RunningServer {
  /** Names its last start, among those of all processes of a trial. */
  run = 0;
  /** What it printed at level warn or above, by message. */
  readonly errors = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #process: ServerProcess | undefined;
  #up: Up | undefined;
  readonly #folder: string;
  readonly #env: Environment;
  readonly #nextRun: () => number;

  constructor(folder: string, env: Environment, nextRun: () => number) {
    this.#folder = folder;
    this.#env = env;
    this.#nextRun = nextRun;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async launch(): Promise<void> {
    this.run = this.#nextRun();
    const env = { LOG_LEVEL: 'error', HEADER_PREFIX: headerPrefixOf(this.run), ...this.#env() };
    this.#process = await ServerProcess.launch(this.#folder, env);
  }

  /** Resolves once a process that need not have an API has said that it runs. @throws {Error} if it ends by itself before. */
  async running(): Promise<void> {
    await this.#process?.printed(/^ +(API|Worker) +http/m);
  }

  /** @throws {Error} if it ends by itself before it is up. */
  async connect(): Promise<AxiosInstance> {
    const process = this.#process;
    if (!process) throw new Error('The server was not launched.');
    await process.connect();
    process.api.defaults.timeout = LONGEST_REQUEST_MS;
    this.#up = { url: await process.url(), api: process.api };
    for (const resolve of this.#waiting) resolve();
    this.#waiting.clear();
    return process.api;
  }

  async start(): Promise<AxiosInstance> {
    await this.launch();
    return this.connect();
  }

  /** Resolves once it is up. */
  async up(): Promise<Up> {
    while (!this.#up) await new Promise<void>((resolve) => this.#waiting.add(resolve));
    return this.#up;
  }

  /** The exit code; null if it was killed. */
  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const process = this.#process;
    this.#process = undefined;
    this.#up = undefined;
    if (!process) return null;
    const code = await process.kill(signal);
    for (const line of process.output.split('\n')) this.#note(line);
    return code;
  }

  #note(line: string): void {
    if (!line.startsWith('{"level":')) return;
    try {
      const { level, msg } = JSON.parse(line) as { level: number; msg?: string };
      if (level >= 40) this.errors.set(msg ?? '', (this.errors.get(msg ?? '') ?? 0) + 1);
    } catch {
      // A line that was cut off by the kill.
    }
  }
}
