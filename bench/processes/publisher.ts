import { setTimeout as delay } from 'node:timers/promises';
import { Pool } from 'undici';
import { nowMicros, OpenLoop } from '../open-loop.ts';
import { eventOf } from '../payload.ts';
import { inNewestShape } from '../seeding/releases.ts';
import { serve } from './child.ts';

export type Target = {
  readonly origin: string;
  readonly token: string;
  /** Events go to them in turn. */
  readonly workspaces: readonly string[];
  readonly bytes: number;
  /** After the releases of `seeding/releases.ts`. */
  readonly inNewestShape?: boolean;
  /** Begins the ids of the events, so that no two publications share one. */
  readonly prefix: string;
};
export type Flat = Target & { readonly events: number; readonly inFlight: number; readonly batch: number };
export type Steady = Target & { readonly perSecond: number; readonly events: number };
/** Instants in microseconds. */
export type Published = { readonly startedAt: number; readonly endedAt: number };

const MOST_CONNECTIONS = 256;

class Publisher {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  constructor(private readonly target: Target) {
    this.#pool = new Pool(target.origin, { connections: MOST_CONNECTIONS, pipelining: 1 });
    this.#headers = { authorization: `Bearer ${target.token}`, 'content-type': 'application/json' };
  }

  event(index: number, stamp: number) {
    const { workspaces, prefix, bytes } = this.target;
    const event = eventOf(`${prefix}-${index}`, workspaces[index % workspaces.length] ?? '', bytes, stamp);
    return this.target.inNewestShape ? inNewestShape(event) : event;
  }

  /** Again and again while the server asks for patience. */
  async post(body: object): Promise<void> {
    for (;;) {
      const { statusCode, body: answer } = await this.#pool.request({
        method: 'POST',
        path: '/events',
        headers: this.#headers,
        body: JSON.stringify(body),
      });
      if (statusCode === 202) return answer.dump();
      const text = await answer.text();
      if (statusCode !== 503) throw new Error(`POST /events answered ${statusCode}: ${text}`);
      await delay(100);
    }
  }

  close(): Promise<void> {
    return this.#pool.close();
  }
}

async function publish(target: Target, work: (publisher: Publisher) => Promise<void>): Promise<Published> {
  const publisher = new Publisher(target);
  const startedAt = nowMicros();
  await work(publisher);
  const endedAt = nowMicros();
  await publisher.close();
  return { startedAt, endedAt };
}

const handlers = {
  /** As fast as it goes. */
  flat: (flat: Flat) =>
    publish(flat, async (publisher) => {
      let next = 0;
      const one = async () => {
        while (next < flat.events) {
          const from = next;
          next = Math.min(from + flat.batch, flat.events);
          const stamp = nowMicros();
          const events = Array.from({ length: next - from }, (_, i) => publisher.event(from + i, stamp));
          await publisher.post(flat.batch === 1 ? (events[0] ?? {}) : events);
        }
      };
      await Promise.all(Array.from({ length: flat.inFlight }, one));
    }),

  /** At a constant rate, however long the answers take. */
  steady: (steady: Steady) =>
    publish(steady, async (publisher) => {
      const loop = new OpenLoop(nowMicros(), steady.perSecond, steady.events);
      const posts: Promise<void>[] = [];
      while (!loop.done) {
        const due = loop.take(nowMicros());
        for (const { index, stamp } of due) {
          const post = publisher.post(publisher.event(index, stamp));
          // It is awaited once all have been begun, and may fail before: that alone must not end this process.
          post.catch(() => undefined);
          posts.push(post);
        }
        if (!loop.done) await delay(Math.max(0, Math.ceil((loop.nextAt - nowMicros()) / 1_000)));
      }
      await Promise.all(posts);
    }),
};
export type PublisherHandlers = typeof handlers;

serve(handlers);
