import { randomUUID } from 'node:crypto';
import { inspect } from 'node:util';
import { EventStoreDBClient, jsonEvent } from '@eventstore/db-client';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { findEngine } from '../../testing/engine.ts';
import { eventStoreDbSearch } from '../testing/event-store-db-search.ts';
import { append, event, followTo, numbers, take } from '../testing/fixtures.ts';
import { openEventStoreDb, type EventStoreDb } from './event-store-db.ts';
import { CountedWay } from './testing/counted-way.ts';

const engine = await findEngine(eventStoreDbSearch);
const url = engine?.url ?? '';

(engine ? describe : describe.skip)('the EventStoreDB event store', () => {
  let prefix: string;
  let store: EventStoreDb;
  let others: EventStoreDBClient;
  const opened: EventStoreDb[] = [];
  const open = async (of = prefix) => {
    const one = await openEventStoreDb({ url, prefix: of });
    opened.push(one);
    return one;
  };
  /** Of somebody else on the same server. */
  const foreign = (count: number, stream = `${randomUUID()}.order-1`) =>
    others.appendToStream(
      stream,
      Array.from({ length: count }, () => jsonEvent({ type: 'Foreign', data: {}, metadata: {} })),
    );

  beforeEach(async () => {
    prefix = `${randomUUID()}.`;
    others = EventStoreDBClient.connectionString(url);
    store = await open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((one) => one.close()));
    await others.dispose();
  });
  afterAll(() => engine?.stop());

  it('shows nothing of other prefixes, of the system, or that is no event of an installation', async () => {
    const name = `${prefix}order-9`;
    await foreign(3);
    await foreign(1, `${prefix.slice(0, -1)}x.order-1`);
    await others.setStreamMetadata(name, { maxAge: 1_000_000 });
    await others.appendToStream(name, jsonEvent({ type: 'Gone', data: {}, metadata: {} }));
    await others.tombstoneStream(name);
    await foreign(1, `${prefix}nohyphen`);
    const [recorded] = await append(store, 'order-1', 'no-stream', event());
    const seen = await followTo(store.follow({ after: START }), await store.head());
    expect(seen.flatMap(({ events }) => events).filter(({ type }) => type !== 'Gone')).toEqual([recorded]);
    expect(await store.readStream('order-9')).toEqual([]);
    expect(await (await open()).head()).toBe(recorded?.position);
  });

  it('moves the position of who follows over the events of others', async () => {
    const [first] = await append(store, 'order-1', 'no-stream', event('E', { n: 1 }));
    const before = (first?.position ?? 0) + 1;
    const [live, history] = [store.follow({ after: START }), (await open()).follow({ after: START })];
    for (let n = 0; n < 4; n++) await foreign(500);
    for (const feed of [live, history]) {
      const seen = await followTo(feed, before);
      expect(numbers(seen.flatMap(({ events }) => events))).toEqual([1]);
      expect(seen.at(-1)?.position).toBeLessThanOrEqual(await store.end());
    }
    expect(await store.head()).toBe(first?.position);
  });

  it('gives an end that no position is beyond, where the head is our own', async () => {
    await append(store, 'order-1', 'no-stream', event());
    await foreign(1);
    expect(await store.end()).toBeGreaterThan(await store.head());
    const reopened = await open();
    const batch = await reopened.follow({ after: START }).next();
    expect(batch?.position).toBeLessThanOrEqual(await reopened.end());
  });

  it('reads an event once for all who follow, and for who asks how its stream begins', async () => {
    const feeds = Array.from({ length: 15 }, () => store.follow({ after: START }));
    const end = await store.end();
    await Promise.all(feeds.map((feed) => followTo(feed, end)));
    await append(store, 'order-1', 'no-stream', event('E', { n: 1 }), event('E', { n: 2 }));
    const head = await store.head();
    const seen = await Promise.all(feeds.map((feed) => followTo(feed, head)));
    const [beginning] = await store.readStream('order-1', { limit: 1 });
    expect(beginning).toMatchObject({ revision: 0, data: { n: 1 } });
    for (const batches of seen) expect(batches.flatMap(({ events }) => events)[0]).toBe(beginning);
  });

  it('knows what another process appended', async () => {
    const other = await open();
    const feed = store.follow({ after: START });
    const [recorded] = await append(other, 'order-1', 'no-stream', event('E', { n: 1 }));
    expect(await store.head()).toBe(recorded?.position);
    expect(await take(feed, 1)).toEqual([1]);
    await expect(append(store, 'order-1', 'no-stream', event())).rejects.toMatchObject({ actual: 0 });
  });

  it('writes once what several processes append at the same time with the same ids', async () => {
    const stores = [store, await open(), await open()];
    const events = [event('A'), event('B')];
    const answers = await Promise.all(stores.map((one) => append(one, 'order-1', 'no-stream', ...events)));
    const recorded = await store.readStream('order-1');
    expect(recorded.map(({ id }) => id)).toEqual(events.map(({ id }) => id));
    for (const answer of answers) expect(answer).toEqual(recorded);
  });

  it('goes on from memory to the log and back, however much there is', async () => {
    const count = 6_000;
    const feed = store.follow({ after: START });
    const appends = Array.from({ length: count }, (_, n) =>
      append(store, `order-${n}`, 'no-stream', event('E', { n })),
    );
    await Promise.all(appends);
    const all = Array.from({ length: count }, (_, n) => n);
    expect(await take(feed, count)).toEqual(all);
    expect(await take((await open()).follow({ after: START }), count)).toEqual(all);
    expect((await store.readAll({ after: START, limit: count })).events).toHaveLength(count);
  });

  it('does not take in history faster than it is asked for', async () => {
    const text = 'x'.repeat(2_000);
    const hundred = (n: number) => Array.from({ length: 100 }, () => event('E', { n, text }));
    await Promise.all(Array.from({ length: 60 }, (_, n) => append(store, `order-${n}`, 'no-stream', ...hundred(n))));
    const way = await CountedWay.to(url);
    const far = await openEventStoreDb({ url: way.url, prefix });
    opened.push(far);
    const feed = far.follow({ after: START, batch: 10 });
    const first = await take(feed, 10);
    expect(await way.standsStill()).toBeLessThan(2_000_000);
    expect(await take(feed, 6_000 - first.length)).toHaveLength(6_000 - first.length);
    expect(await way.standsStill()).toBeGreaterThan(12_000_000);
    await far.close();
    way.close();
  });

  it('tells of an append that is too large, and of a deleted stream, as the server does', async () => {
    const large = append(store, 'order-1', 'no-stream', event('Large', { text: 'x'.repeat(1_100_000) }));
    await expect(large).rejects.toMatchObject({ type: 'maximum-append-size-exceeded' });
    await append(store, 'order-2', 'no-stream', event());
    await others.tombstoneStream(`${prefix}order-2`);
    await expect(append(store, 'order-2', 0, event())).rejects.toMatchObject({ type: 'stream-deleted' });
    expect(store.failure).toBeUndefined();
  });

  it('leaves the appends of another alone when it is closed', async () => {
    const other = await open();
    const appends = Array.from({ length: 50 }, (_, n) => append(other, `order-${n}`, 'no-stream', event()));
    await store.close();
    expect((await Promise.all(appends)).flat()).toHaveLength(50);
  });
});

describe('a server that is not there', () => {
  it('is named, without the password', async () => {
    const opening = openEventStoreDb({ url: 'esdb://admin:changeit@127.0.0.1:9?tls=false', prefix: 'carillon.' });
    const error: unknown = await opening.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'StoreUnavailable', message: expect.stringContaining('127.0.0.1:9') });
    expect(inspect(error, { depth: 20 })).not.toContain('changeit');
  });

  it.each(['http://admin:changeit@x', 'esdb://admin:change@it:x', ''])('is not looked for at %j', async (wrong) => {
    const error: unknown = await openEventStoreDb({ url: wrong, prefix: 'carillon.' }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(TypeError);
    expect(inspect(error, { depth: 20 })).not.toContain('change');
  });
});
