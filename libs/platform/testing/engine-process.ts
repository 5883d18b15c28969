import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ready, type Engine, type EngineSearch } from './engine-search.ts';

const KEPT_CHARACTERS = 4_000;

/** The first of the search's names that is a program on PATH. */
export function binaryOnPath({ binaries }: EngineSearch): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return binaries.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** A server in a process of its own, on a port of its own of 127.0.0.1. What it writes goes with it. */
export class EngineProcess implements Engine {
  readonly url: string;
  readonly #search: EngineSearch;
  readonly #binary: string;
  readonly #folder: string;
  readonly #port: number;
  readonly #durable: boolean;
  #child: ChildProcess | undefined;
  #output = '';

  private constructor(search: EngineSearch, binary: string, folder: string, port: number, durable: boolean) {
    this.#search = search;
    this.#binary = binary;
    this.#folder = folder;
    this.#port = port;
    this.#durable = durable;
    this.url = search.url('127.0.0.1', port);
  }

  /** `durable`, it has the same data after a `kill` and a `start`. */
  static async of(search: EngineSearch, binary: string, { durable = false } = {}): Promise<EngineProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'engine-'));
    const engine = new EngineProcess(search, binary, folder, await freePort(), durable);
    try {
      await engine.start();
      return engine;
    } catch (error) {
      await engine.stop();
      throw error;
    }
  }

  /** Resolves when it is ready. */
  async start(): Promise<void> {
    const command = this.#search.command({ port: this.#port, folder: this.#folder, durable: this.#durable });
    // A server may take a variable that begins as its own do for a setting.
    const { [this.#search.variable]: _, ...inherited } = process.env;
    const env = { ...inherited, ...command.environment };
    const child = spawn(this.#binary, command.arguments, { env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.#child = child;
    const note = (chunk: Buffer) => (this.#output = (this.#output + chunk.toString()).slice(-KEPT_CHARACTERS));
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    const ended = once(child, 'exit').then(([code]): never => {
      throw new Error(`${this.#binary} ended with ${code} before it was ready:\n${this.#output}`);
    });
    ended.catch(() => undefined);
    await ready(this.#search, this.url, ended);
  }

  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.#child?.kill(signal);
  }

  /** Resolves when it is gone. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }

  readonly stop = async (): Promise<void> => {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
