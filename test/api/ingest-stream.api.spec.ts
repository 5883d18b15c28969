import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { StoreUnavailable } from '../../libs/platform/event-store/index.ts';
import { event, registerWorkspace, unique } from '../support/api.ts';
import { CLIENT, Installation } from '../support/installation.ts';

const KIB = 1024;
type Item = { id: string | null; status: string | number; errors?: unknown[]; retryAfter?: number };

let installation: Installation;
let authorization: string;

beforeAll(async () => {
  // What nobody passes on is refused after a while.
  installation = await Installation.start();
  await registerWorkspace(installation.api, 'w');
  authorization = await bearerOf(CLIENT.id, CLIENT.secret);
});
afterAll(() => installation.dispose());

async function bearerOf(id: string, secret: string): Promise<string> {
  const credentials = { client_id: id, client_secret: secret, audience: '', grant_type: 'client_credentials' };
  const { data } = await installation.anonymous().post('/oauth/token', credentials);
  return `Bearer ${data.access_token}`;
}

/** A request whose body is written, and whose answer is read, piece by piece. */
class Stream {
  readonly lines: Item[] = [];
  readonly request: ClientRequest;
  readonly response: Promise<IncomingMessage>;
  #rest = '';

  constructor(path = '/events', headers: Record<string, string> = {}) {
    const url = new URL(path, installation.url);
    const type = 'application/x-ndjson';
    this.request = request(url, { method: 'POST', headers: { authorization, 'Content-Type': type, ...headers } });
    this.response = new Promise((resolve, reject) => {
      this.request.once('response', resolve).on('error', reject);
    });
    this.response.catch(() => undefined);
  }

  write(...events: (object | string)[]): boolean {
    const text = events.map((e) => `${typeof e === 'string' ? e : JSON.stringify(e)}\n`).join('');
    return this.request.write(text);
  }

  /** Reads until there are this many lines, or the end. */
  async read(count = Infinity): Promise<Item[]> {
    const response = await this.response;
    response.setEncoding('utf8');
    while (this.lines.length < count) {
      const text = response.read() as string | null;
      if (text === null && response.readableEnded) break;
      if (text === null) {
        await new Promise<void>((resolve) => void response.once('readable', resolve).once('end', resolve));
        continue;
      }
      const lines = (this.#rest + text).split('\n');
      this.#rest = lines.pop() ?? '';
      this.lines.push(...lines.map((line) => JSON.parse(line) as Item));
    }
    return this.lines;
  }

  async all(...events: (object | string)[]): Promise<Item[]> {
    this.write(...events);
    this.request.end();
    return this.read();
  }
}

const isKept = async (id: string) => (await installation.api.get(`/events/${id}`)).status === 200;
const statuses = (items: Item[]) => items.map(({ status }) => status);

describe('a stream of events', () => {
  it('is answered line by line, in order, while it is still open', async () => {
    const stream = new Stream();
    for (const sent of [event('w'), event('w'), event('w')]) {
      stream.write(sent);
      expect((await stream.read(stream.lines.length + 1)).at(-1)).toEqual({ id: sent.id, status: 'accepted' });
      expect(await isKept(sent.id)).toBe(true);
    }
    const { statusCode, headers } = await stream.response;
    expect([statusCode, headers['content-type']]).toEqual([202, 'application/x-ndjson']);
    stream.request.end();
    expect(await stream.read()).toHaveLength(3);
  });

  it('may be longer than any other body', async () => {
    const events = Array.from({ length: 6_000 }, () => ({
      ...event('w'),
      data: { ...event('w').data, pad: 'x'.repeat(900) },
    }));
    const stream = new Stream();
    const reading = stream.read();
    for (let i = 0; i < events.length; i += 100) {
      if (!stream.write(...events.slice(i, i + 100)))
        await new Promise((resolve) => stream.request.once('drain', resolve));
    }
    stream.request.end();
    expect(await reading).toEqual(events.map(({ id }) => ({ id, status: 'accepted' })));
  });

  it('goes on after what cannot be taken', async () => {
    const [first, last] = [event('w'), event('w')];
    const items = await new Stream().all(
      first,
      'nonsense',
      '{"__proto__":{"a":1}}',
      `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
      { ...event('w'), type: 'unheard-of' },
      event('nowhere', { type: 'subscription-updated' }),
      { ...event('w'), data: { ...event('w').data, pad: 'x'.repeat(257 * KIB) } },
      `{"pad":"${'x'.repeat(1024 * KIB)}"}`,
      '',
      first,
      { ...first, type: 'subscription-updated', data: {} },
      last,
    );
    const invalid = Array.from({ length: 7 }, () => 'invalid');
    expect(statuses(items).slice(0, 9)).toEqual(['accepted', ...invalid, 'duplicate']);
    expect(items.slice(1, 8).every(({ errors }) => errors?.length === 1)).toBe(true);
    expect(items.at(-1)).toEqual({ id: last.id, status: 'accepted' });
  });

  it('that is empty, or of a caller who may not publish, or to another route is refused as ever', async () => {
    const answer = async (stream: Stream) => {
      stream.write('');
      stream.request.end();
      return (await stream.response).statusCode;
    };
    expect(await answer(new Stream())).toBe(400);
    expect(await answer(new Stream('/events', { authorization: 'Bearer x' }))).toBe(401);
    expect(await answer(new Stream('/workspaces'))).toBe(415);
  });

  it('that breaks off has its whole lines taken, and no part of one', async () => {
    const [first, second] = [event('w'), event('w')];
    const stream = new Stream();
    stream.write(first);
    await stream.read(1);
    stream.request.write(JSON.stringify(second));
    await turn();
    stream.request.destroy();
    expect(await isKept(first.id)).toBe(true);
    expect((await new Stream().all(second, first)).map(({ status }) => status)).toEqual(['accepted', 'duplicate']);
  });

  it('is taken no further than its answers are read', async () => {
    const stream = new Stream();
    const pad = 'x'.repeat(300);
    let sent = 0;
    const isFull = async () => {
      for (let turns = 0; turns < 300; turns++) {
        if (!stream.request.writableNeedDrain) return false;
        await turn();
      }
      return true;
    };
    const ids: string[] = [];
    const long = (n: number) => `${unique('stream')}-${n}`.padEnd(128, 'x');
    while (sent < 400_000 && !(await isFull())) {
      const events = Array.from({ length: 200 }, () => ({ id: long(sent++), type: pad }));
      ids.push(...events.map(({ id }) => id));
      stream.write(...events);
    }
    expect(sent).toBeLessThan(400_000);
    stream.request.end();
    expect((await stream.read()).map(({ id }) => id)).toEqual(ids);
  }, 60_000);

  it('ends with a problem where the store refuses, and can be gone on with from there', async () => {
    const events = Array.from({ length: 40 }, () => event('w'));
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    let taken = 0;
    store.append = (entry) => {
      if (!entry.stream.startsWith('platformEvent-') || taken++ < 25) return append(entry);
      return Promise.reject(new StoreUnavailable('The disk is full.'));
    };
    const stream = new Stream();
    for (const part of [events.slice(0, 20), events.slice(20)]) {
      stream.write(...part);
      if (part.length === 20 && taken === 0) await stream.read(20);
    }
    const items = await stream.read();
    store.append = append;
    expect(statuses(items)).toEqual([...Array.from({ length: 25 }, () => 'accepted'), 503]);
    expect(items.at(-1)).toMatchObject({ title: 'Service Unavailable', retryAfter: 5, traceId: expect.any(String) });
    // Who has not read that yet may send on: it is dropped, and the connection stays whole.
    const sent = new Promise((resolve) => stream.request.once('finish', resolve));
    stream.request.end('x'.repeat(16 * 1024 * KIB));
    await sent;
    const rest = await new Stream().all(...events.slice(25));
    expect(rest.map(({ id, status }) => [id, status])).toEqual(events.slice(25).map(({ id }) => [id, 'accepted']));
  });

  it('is a plain 503 when not even its first line can be taken', async () => {
    const store = installation.parts.eventStore;
    const append = store.append.bind(store);
    store.append = () => Promise.reject(new StoreUnavailable('The disk is full.'));
    const stream = new Stream();
    stream.write(event('w'));
    const { statusCode, headers } = await stream.response;
    store.append = append;
    stream.request.destroy();
    expect([statusCode, headers['content-type'], headers['retry-after']]).toEqual([
      503,
      'application/problem+json; charset=utf-8',
      '5',
    ]);
  });

  it('ends when its client is revoked', async () => {
    const body = { name: 'publisher', workspaceId: 'w', scopes: ['events:publish'] };
    const { data } = await installation.api.post('/api-clients', body);
    const stream = new Stream('/events', { authorization: await bearerOf(data.clientId, data.clientSecret) });
    stream.write(event('w'));
    await stream.read(1);
    expect((await installation.api.delete(`/api-clients/${data.clientId}`)).status).toBeLessThan(300);
    const late = event('w');
    stream.write(late);
    expect(statuses(await stream.read())).toEqual(['accepted', 401]);
    stream.request.destroy();
    expect(await isKept(late.id)).toBe(false);
  });

  it('is stamped with the time each line arrives at', async () => {
    const stream = new Stream();
    const [early, late] = [event('w'), event('w')];
    stream.write(early);
    await stream.read(1);
    installation.clock.advance(3_600_000);
    stream.write(late);
    await stream.read(2);
    stream.request.end();
    const [one, two] = await Promise.all([early, late].map(({ id }) => installation.api.get(`/events/${id}`)));
    expect(Date.parse(two?.data.timestamp) - Date.parse(one?.data.timestamp)).toBe(3_600_000);
  });
});
