import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
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
  /** Which start of which process sent it. */
  readonly run: number;
  readonly status: number;
  /** By a clock that never goes back, in milliseconds. */
  readonly at: number;
  /** Requests of the webhook that waited for their answer then, this one included and tests not. What a killed process sent does not. */
  readonly atOnce: number;
};

/** The status to answer with. */
export type Behaviour = () => number;

const LONGEST_MS = 20;
const SLOW_MS = 100;

/** The other end of every webhook: one server, a path each, that keeps a short note of each alert. */
export class Receivers {
  readonly receipts: Receipt[] = [];
  readonly behaviours = new Map<string, Behaviour>();
  /** These take their time for each answer. */
  readonly slow = new Set<string>();
  url = '';
  readonly #underWay = new Map<string, number>();
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
        const isTest = type === 'test';
        const atOnce = isTest ? 0 : this.#count(hook, response);
        const at = performance.now();
        this.receipts.push({ number, hook, hookId: id, isTest, run: runIn(request.headers), status, at, atOnce });
        const rest = this.slow.has(hook)
          ? random.between(SLOW_MS / 2, SLOW_MS)
          : random.chance(0.2)
            ? random.between(0, LONGEST_MS)
            : 0;
        void delay(rest).then(() => {
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

  /** Until it is answered, or whoever has sent it is gone. */
  #count(hook: string, response: ServerResponse): number {
    const add = (some: number) => {
      const count = (this.#underWay.get(hook) ?? 0) + some;
      this.#underWay.set(hook, count);
      return count;
    };
    response.once('close', () => add(-1));
    return add(1);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** Each start of a process has a HEADER_PREFIX of its own. */
export const headerPrefixOf = (run: number): string => `X-Run-${run}`;
const runIn = (headers: IncomingHttpHeaders): number => {
  const names = Object.keys(headers).map((name) => /^x-run-(\d+)-hook-id$/.exec(name)?.[1]);
  return Number(names.find((run) => run !== undefined) ?? 0);
};

export const receiptIn = (answer: string | undefined): number | undefined => {
  const number = /^receipt (\d+)$/.exec(answer ?? '')?.[1];
  return number === undefined ? undefined : Number(number);
};
