import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { START } from '../../kernel/index.ts';
import { startOwnEngine } from '../../testing/engine.ts';
import { StoreUnavailable, type NewEvent } from '../port.ts';
import { eventStoreDbSearch } from '../testing/event-store-db-search.ts';
import { append, event, numbers, take } from '../testing/fixtures.ts';
import { openEventStoreDb, type EventStoreDb } from './event-store-db.ts';

const engine = await startOwnEngine(eventStoreDbSearch, 'killed and started again while it is used');
const counted = (count: number) => Array.from({ length: count }, (_, n) => n);

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(5);
}

(engine ? describe : describe.skip)('a server that goes away', () => {
  let store: EventStoreDb;
  let lines: { level: number; msg: string }[];
  beforeEach(async () => {
    lines = [];
    const logger = pino({}, { write: (line) => void lines.push(JSON.parse(line) as (typeof lines)[number]) });
    store = await openEventStoreDb({ url: engine?.url ?? '', prefix: `${crypto.randomUUID()}.`, logger });
  });
  afterEach(() => store.close());
  afterAll(() => engine?.stop());

  const place = (n: number, placed: NewEvent = event('E', { n })) => append(store, `order-${n}`, 'no-stream', placed);
  /** As callers do: with the same id, until it is answered. */
  const insist = async (n: number) => {
    for (const placed = event('E', { n }); ;) {
      try {
        return await place(n, placed);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        await delay(20);
      }
    }
  };

  it('is waited for by who follows, and told to who appends; nothing is lost or comes twice', async () => {
    const feeds = [store.follow({ after: START }), store.follow({ after: START, categories: ['order'], batch: 7 })];
    const seen = feeds.map((feed) => take(feed, 200));
    await Promise.all(counted(50).map(insist));
    const during = counted(100).map((n) => insist(50 + n));
    await engine?.kill('SIGKILL');
    await expect(place(999)).rejects.toThrow(StoreUnavailable);
    expect(store.failure).toMatchObject({ message: expect.stringContaining('EventStoreDB at 127.0.0.1') });
    await expect(store.readStream('order-1000')).rejects.toThrow(StoreUnavailable);
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
    await engine?.start();
    await Promise.all(during);
    await Promise.all(counted(50).map((n) => insist(150 + n)));
    for (const each of await Promise.all(seen)) expect([...each].sort((a, b) => a - b)).toEqual(counted(200));
    await until(() => store.failure === undefined);
    const { events } = await store.readAll({ after: START, limit: 1_000 });
    expect(numbers(events)).toEqual(await seen[0]);
    expect(lines.map(({ level }) => level)).toEqual([50, 30]);
  });

  it('without an answer fails what waits for it, and is found again when it answers', async () => {
    const feed = store.follow({ after: START });
    await insist(0);
    engine?.signal('SIGSTOP');
    const calls = [place(1), store.readStream('order-9'), store.head()];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(store.failure).toBeInstanceOf(StoreUnavailable);
    engine?.signal('SIGCONT');
    await until(() => store.failure === undefined);
    await insist(2);
    expect((await take(feed, 2)).at(0)).toBe(0);
    expect(lines.map(({ level }) => level)).toEqual([50, 30]);
  });

  it('does not keep the store from being closed', async () => {
    const next = take(store.follow({ after: START }), 1);
    await engine?.kill('SIGKILL');
    await expect(place(1)).rejects.toThrow(StoreUnavailable);
    await store.close();
    expect(await next).toEqual([]);
    await engine?.start();
  });
});
