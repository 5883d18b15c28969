import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const SERVER = join(import.meta.dirname, '../server/main.js');
const STOPPING_MS = 10_000;

export type ServerProcess = {
  readonly url: string;
  /** Set once the process has ended, in words. */
  readonly ended: () => string | undefined;
  /** Everything it printed so far. */
  readonly output: () => string;
  /** Ends it in order and removes its data. @throws when it has to be killed. */
  readonly stop: () => Promise<void>;
};

/** The real server on a free loopback port and an empty data folder of its own. */
export async function startServer(settings: Record<string, string>): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'carillon-demo-'));
  const port = await freePort();
  const env = { ...inherited(), ...settings, HOST: '127.0.0.1', PORT: String(port), DATA_DIR: folder };
  const child = spawn(process.execPath, [SERVER], { env, stdio: ['ignore', 'pipe', 'pipe'] });

  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let ended: string | undefined;
  child.once('error', (error) => (ended = error.message));
  child.once('exit', (code, signal) => (ended = signal ? `signal ${signal}` : `exit code ${code}`));

  return {
    url: `http://127.0.0.1:${port}`,
    ended: () => ended,
    output: () => output,
    stop: async () => {
      try {
        if (ended === undefined) await endInOrder(child);
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  };
}

/** None of the user's settings of Carillon: the demo is the same everywhere, and touches nothing but its folder. */
function inherited(): NodeJS.ProcessEnv {
  const names = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'NODE_OPTIONS'];
  return Object.fromEntries(names.map((name) => [name, process.env[name]]));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function endInOrder(child: ChildProcess): Promise<void> {
  let killed = false;
  const exit = once(child, 'exit');
  const timer = setTimeout(() => {
    killed = true;
    child.kill('SIGKILL');
  }, STOPPING_MS);
  child.kill('SIGTERM');
  await exit;
  clearTimeout(timer);
  if (killed) throw new Error(`The server did not stop within ${STOPPING_MS / 1000} s of SIGTERM.`);
}
