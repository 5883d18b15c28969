import axios from 'axios';
import { Pool } from 'undici';
import { addressPolicy, OutboundClient, type AddressPolicy } from '../../libs/platform/outbound-http/index.ts';
import { nowMicros } from '../open-loop.ts';
import { eventOf } from '../payload.ts';
import { serve } from '../processes/child.ts';
import { signedHeaders } from './signed-headers.ts';

/** What posts: undici's pool and nothing else, axios, or the client of Carillon, as it is or with a guard that lets everything pass. */
export type Sender = 'pool' | 'axios' | 'outbound' | 'outbound-unguarded';
export type Loop = {
  readonly sender: Sender;
  readonly url: string;
  readonly requests: number;
  /** Sent before, and not counted: for clients that are compared with each other. */
  readonly warmUp?: number;
  readonly inFlight: number;
  /** Of the data of each event. */
  readonly bytes: number;
};

type Post = (headers: Record<string, string>, body: string) => Promise<unknown>;

const LOOPBACK = addressPolicy({ allow: ['127.0.0.0/8'] });
const NO_GUARD: AddressPolicy = { check: () => ({ allowed: true }) };

function senderOf({ sender, url, inFlight }: Loop): Post {
  switch (sender) {
    case 'pool': {
      const { origin, pathname } = new URL(url);
      const pool = new Pool(origin, { connections: inFlight });
      return async (headers, body) =>
        (await pool.request({ method: 'POST', path: pathname, headers, body })).body.text();
    }
    case 'axios': {
      const client = axios.create({ proxy: false, validateStatus: () => true });
      return (headers, body) => client.post(url, body, { headers });
    }
    default: {
      const policy = sender === 'outbound' ? LOOPBACK : NO_GUARD;
      const client = new OutboundClient({ policy });
      return (headers, body) => client.post({ url, headers, body });
    }
  }
}

async function postAll(post: Post, { bytes, inFlight }: Loop, requests: number): Promise<void> {
  let next = 0;
  const one = async () => {
    while (next < requests) {
      const id = `raw-${next++}`;
      const body = JSON.stringify(eventOf(id, 'bench', bytes));
      await post(signedHeaders(id, body), body);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
}

const handlers = {
  /** Signs and posts, so many at a time, and answers how many seconds that took. */
  run: async (loop: Loop) => {
    const post = senderOf(loop);
    await postAll(post, loop, loop.warmUp ?? 0);
    const startedAt = nowMicros();
    await postAll(post, loop, loop.requests);
    return (nowMicros() - startedAt) / 1_000_000;
  },
};
export type RawLoopHandlers = typeof handlers;

serve(handlers);
