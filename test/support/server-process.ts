import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import axios, { type AxiosInstance } from 'axios';
import { CLIENT } from './installation.ts';

const MAIN = join(import.meta.dirname, '../../dist/apps/server/main.js');

/** The built server in a process of its own, so that it can be killed. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    readonly api: AxiosInstance,
  ) {}

  static async start(folder: string, env: Record<string, string> = {}): Promise<ServerProcess> {
    const child = spawn(process.execPath, [MAIN], {
      env: {
        PATH: process.env['PATH'],
        PORT: '0',
        DATA_DIR: folder,
        LOG_LEVEL: 'silent',
        BOOTSTRAP_CLIENT_ID: CLIENT.id,
        BOOTSTRAP_CLIENT_SECRET: CLIENT.secret,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const url = await printedUrl(child);
    const credentials = {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      audience: '',
      grant_type: 'client_credentials',
    };
    const { data } = await axios.post<{ access_token: string }>(`${url}/oauth/token`, credentials);
    const headers = { Authorization: `Bearer ${data.access_token}` };
    return new ServerProcess(child, url, axios.create({ baseURL: url, headers, validateStatus: () => true }));
  }

  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const exit = once(this.child, 'exit');
    this.child.kill(signal);
    return ((await exit) as [number | null])[0];
  }
}

/** The server says where it listens once it does. */
function printedUrl(child: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const url = /API +(http:\S+)/.exec(printed)?.[1];
      if (url) resolve(url);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${printed}`)));
  });
}
