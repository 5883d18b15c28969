import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Pool } from 'undici';
import type { PublishedEvent } from '../payload.ts';
import { serve } from '../processes/child.ts';
import { GroupCommit } from './group-commit.ts';
import { signedHeaders } from './signed-headers.ts';

const MOST_CONNECTIONS = 64;

/** The two HTTP hops and the durable appends of a delivery, without a framework, a check, a lane, a retry or a read model. */
class BarePipeline {
  readonly #store: GroupCommit;
  readonly #pools = new Map<string, Pool>();
  readonly #targets: ReadonlyMap<string, readonly URL[]>;
  #outcomes = 0;
  #waiting: { outcomes: number; resolve: () => void }[] = [];

  constructor(folder: string, targets: Readonly<Record<string, readonly string[]>>) {
    this.#store = new GroupCommit(folder);
    const urls = Object.entries(targets).map(
      ([workspaceId, each]) => [workspaceId, each.map((url) => new URL(url))] as const,
    );
    this.#targets = new Map(urls);
  }

  async listen(): Promise<string> {
    const server = createServer((request, response) => {
      this.#take(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
    });
    server.keepAliveTimeout = 60_000;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', 1024, resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  reset(): void {
    this.#outcomes = 0;
  }

  async until(outcomes: number): Promise<void> {
    if (this.#outcomes < outcomes) await new Promise<void>((resolve) => this.#waiting.push({ outcomes, resolve }));
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const parsed = JSON.parse(Buffer.concat(chunks).toString()) as PublishedEvent | PublishedEvent[];
    const events = Array.isArray(parsed) ? parsed : [parsed];
    const bodies = events.map((event) => JSON.stringify(event));
    await Promise.all(events.map(({ id }, i) => this.#store.append(id, 0, 'Received', bodies[i] ?? '')));
    const items = events.map(({ id }) => ({ id, status: 'accepted' }));
    response.writeHead(202, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
    events.forEach((event, i) => void this.#deliver(event, bodies[i] ?? ''));
  }

  async #deliver({ id, workspaceId }: PublishedEvent, body: string): Promise<void> {
    const targets = this.#targets.get(workspaceId) ?? [];
    if (targets.length === 0) return;
    await this.#store.append(id, 1, 'FannedOut', JSON.stringify(targets.map((_, n) => n)));
    for (const [n, url] of targets.entries()) void this.#attempt(id, n, url, body);
  }

  async #attempt(id: string, n: number, url: URL, body: string): Promise<void> {
    const headers = signedHeaders(id, body);
    const { statusCode, body: answer } = await this.#poolOf(url.origin).request({
      method: 'POST',
      path: url.pathname,
      headers,
      body,
    });
    const outcome = JSON.stringify({ statusCode, answer: await answer.text(), at: Date.now() });
    await this.#store.append(`${id}-${n}`, 0, 'Attempted', outcome);
    this.#outcomes++;
    if (this.#waiting.length === 0) return;
    const reached = this.#waiting.filter(({ outcomes }) => outcomes <= this.#outcomes);
    this.#waiting = this.#waiting.filter((waiter) => !reached.includes(waiter));
    for (const { resolve } of reached) resolve();
  }

  #poolOf(origin: string): Pool {
    let pool = this.#pools.get(origin);
    if (!pool) this.#pools.set(origin, (pool = new Pool(origin, { connections: MOST_CONNECTIONS })));
    return pool;
  }
}

let pipeline: BarePipeline | undefined;
const handlers = {
  /** `targets`: the URLs an event of a workspace goes to. Answers the origin to publish to. */
  start: ({ folder, targets }: { folder: string; targets: Record<string, string[]> }) => {
    pipeline = new BarePipeline(folder, targets);
    return pipeline.listen();
  },
  reset: () => pipeline?.reset(),
  until: ({ outcomes }: { outcomes: number }) => pipeline?.until(outcomes),
};
export type BareHandlers = typeof handlers;

serve(handlers);
