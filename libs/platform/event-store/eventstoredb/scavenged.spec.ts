import { EventStoreDBClient } from '@eventstore/db-client';
import { afterAll, describe, expect, it } from '@jest/globals';
import { START } from '../../kernel/index.ts';
import { startOwnEngine, type EngineSearch } from '../../testing/engine.ts';
import { eventStoreDbSearch } from '../testing/event-store-db-search.ts';
import { append, event, take } from '../testing/fixtures.ts';
import { openEventStoreDb, type EventStoreDb } from './event-store-db.ts';

const CHUNK_BYTES = 1024 * 1024;
/** Only chunks that are full are scavenged. */
const smallChunks: EngineSearch = {
  ...eventStoreDbSearch,
  command: (place) => {
    const { arguments: usual, environment } = eventStoreDbSearch.command(place);
    return { arguments: [...usual, '--chunk-size', String(CHUNK_BYTES)], environment };
  },
};
const engine = await startOwnEngine(smallChunks, 'scavenged');

(engine ? describe : describe.skip)('a store that was scavenged', () => {
  const opened: EventStoreDb[] = [];
  afterAll(async () => {
    await Promise.all(opened.map((store) => store.close()));
    await engine?.stop();
  });

  it('gives the event after one that is gone to who goes on from there', async () => {
    const options = { url: engine?.url ?? '', prefix: 'carillon.' };
    const open = async () => {
      opened.push(await openEventStoreDb(options));
      return opened.at(-1) as EventStoreDb;
    };
    const store = await open();
    const [gone] = await append(store, 'order-gone', 'no-stream', event('E', { n: 0 }));
    const text = 'x'.repeat(CHUNK_BYTES / 20);
    for (let n = 1; n < 40; n++) await append(store, `order-${n}`, 'no-stream', event('E', { n, text }));
    const client = EventStoreDBClient.connectionString(options.url);
    await client.tombstoneStream('carillon.order-gone');
    await client.dispose();
    await fetch(options.url.replace(/^esdb:(.*)\?.*$/, 'http:$1/admin/scavenge'), { method: 'POST' });
    const first = async () => (await store.readAll({ after: START, limit: 1 })).events[0]?.stream;
    while ((await first()) !== 'order-1');
    const [next] = await take((await open()).follow({ after: gone?.position ?? START }), 1);
    expect(next).toBe(1);
  });
});
