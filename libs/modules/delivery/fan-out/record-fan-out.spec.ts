import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CommandBus } from '@nestjs/cqrs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { SqliteEventStore } from '../../../platform/event-store/embedded/sqlite-event-store.ts';
import { randomIds } from '../../../platform/runtime/index.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { ID_SCHEME } from '../delivery/delivery-id.ts';
import { platformEventStream } from '../platform-event/platform-event-stream.ts';
import type { AlertBodies } from '../send-attempts/alert-bodies.ts';
import { append } from '../send-attempts/testing/documents.ts';
import { RecordFanOut } from './fan-out.commands.ts';
import type { OwedDeliveries } from './owed-deliveries.ts';
import { RecordFanOutHandler } from './record-fan-out.handler.ts';

let folder: string;
let store: SqliteEventStore;
let handler: RecordFanOutHandler;
/** Nobody has been counted yet, as after a start, and counting takes a turn each. */
const uncounted = {
  limit: 100,
  isCounted: () => false,
  admits: () => true,
  count: async () => undefined,
} as unknown as OwedDeliveries;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  store = new SqliteEventStore(join(folder, 'events.db'));
  const bodies = { keep: () => undefined } as unknown as AlertBodies;
  handler = new RecordFanOutHandler(store, randomIds, uncounted, bodies, {} as CommandBus);
  await append(store, platformEventStream('evt'), { type: 'PlatformEventReceived', data: {} });
});
afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true });
});

const part = (number: number, webhooks: number) =>
  new RecordFanOut(
    {
      eventId: 'evt',
      type: 'created',
      eventWorkspaceId: 'workspace',
      eventPosition: 1,
      idScheme: ID_SCHEME,
      part: number,
      alert: { id: 'evt', timestamp: 0, workspaceId: 'workspace', type: 'created', data: {}, version: FIRST_VERSION },
      deliveries: Array.from({ length: webhooks }, (_, n) => ({
        webhookId: `hook-${number}-${n}`,
        workspaceId: 'workspace',
        epoch: 0,
        version: FIRST_VERSION,
      })),
    },
    { at: 0, actor: 'saga:fan-out', traceId: 'trace' },
  );
const recorded = async () =>
  (await store.readStream(platformEventStream('evt'))).slice(1).map(({ data }) => {
    const { part: number, deliveries } = data as RecordFanOut['data'];
    return [number, deliveries.length];
  });

describe('the parts of one fan-out', () => {
  it('are all recorded, in their order, also when a later one is ready first', async () => {
    await Promise.all([handler.execute(part(0, 50)), handler.execute(part(1, 1)), handler.execute(part(2, 3))]);
    expect(await recorded()).toEqual([
      [0, 50],
      [1, 1],
      [2, 3],
    ]);
  });

  it('stand as they were recorded first', async () => {
    await handler.execute(part(0, 2));
    await handler.execute(part(0, 5));
    expect(await recorded()).toEqual([[0, 2]]);
  });

  it('are refused, and not given up, while an earlier one is missing', async () => {
    await expect(handler.execute(part(1, 1))).rejects.toThrow(/expected revision 1, found 0/);
    await handler.execute(part(0, 1));
    await handler.execute(part(1, 1));
    expect(await recorded()).toEqual([
      [0, 1],
      [1, 1],
    ]);
  });
});
