import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from './random.ts';

export type Receipt = {
  /** Counts from 1 in the order of arrival; the answer's body says it, and so the recorded attempt does. */
  readonly number: number;
  /** The webhook by its name, which is the path. */
  readonly hook: string;
  readonly hookId: string;
  readonly isTest: boolean;
  /** Which start of the server sent it. */
  readonly run: number;
  readonly status: number;
};

/** The status to answer with. */
export type Behaviour = () => number;

/** The other end of every webhook: one server, a path each, that keeps a short note of each alert. */
export class Receivers {
  readonly receipts: Receipt[] = [];
  readonly behaviours = new Map<string, Behaviour>();
  longestMs = 20;
  run = 0;
  url = '';
  readonly #server: Server;

  private constructor(random: Random) {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { id, type } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { id: string; type: string };
        const hook = (request.url ?? '/').slice(1);
        const status = this.behaviours.get(hook)?.() ?? 200;
        const number = this.receipts.length + 1;
        this.receipts.push({ number, hook, hookId: id, isTest: type === 'test', run: this.run, status });
        void delay(random.chance(0.2) ? random.between(0, this.longestMs) : 0).then(() => {
          response.writeHead(status);
          response.end(`receipt ${number}`);
        });
      });
      request.on('error', () => undefined);
    });
  }

  static async start(random: Random): Promise<Receivers> {
    const receivers = new Receivers(random);
    await new Promise<void>((resolve) => receivers.#server.listen(0, '127.0.0.1', resolve));
    receivers.url = `http://127.0.0.1:${(receivers.#server.address() as AddressInfo).port}`;
    return receivers;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

export const receiptIn = (answer: string | undefined): number | undefined => {
  const number = /^receipt (\d+)$/.exec(answer ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
};
