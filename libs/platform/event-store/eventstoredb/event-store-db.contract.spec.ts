import { randomUUID } from 'node:crypto';
import { afterAll, describe } from '@jest/globals';
import { findEngine } from '../../testing/engine.ts';
import { describeEventStore } from '../contract.ts';
import { eventStoreDbSearch } from '../testing/event-store-db-search.ts';
import { openEventStoreDb, type EventStoreDb } from './event-store-db.ts';

const engine = await findEngine(eventStoreDbSearch);

(engine ? describe : describe.skip)('on a server', () => {
  afterAll(() => engine?.stop());

  describeEventStore('EventStoreDB', async () => {
    const prefix = `${randomUUID()}.`;
    let store: EventStoreDb | undefined;
    const open = async () => {
      await store?.close();
      return (store = await openEventStoreDb({ url: engine?.url ?? '', prefix }));
    };
    return { make: open, reopen: open, dispose: async () => store?.close() };
  });
});
