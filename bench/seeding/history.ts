import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import {
  deliveryIdOf,
  ID_SCHEME as idScheme,
  type DeliveryEvent,
  type PlatformEvent,
} from '../../libs/modules/delivery/contract.ts';
import { SqliteEventStore } from '../../libs/platform/event-store/embedded/sqlite-event-store.ts';
import type { DomainEvent } from '../../libs/platform/kernel/index.ts';
import { eventOf } from '../payload.ts';
import { inNewestShape, versionOf, type MadeOn } from './releases.ts';
import type { Webhook } from './webhooks.ts';

export type History = {
  readonly deliveries: number;
  /** Of the data of each event. */
  readonly bytes: number;
  /** Each event is owed to one of them, in turn. */
  readonly webhooks: readonly Webhook[];
  /** Deliveries wait for a webhook that was made disabled to be enabled, or have succeeded long ago. */
  readonly state: 'owed' | 'succeeded';
  /** Then there were releases, and events are in the newest shape. */
  readonly madeOn?: MadeOn;
};

const AT_ONCE = 2_000;
/** Of a webhook that was made disabled, once it is enabled. */
const EPOCH_ONCE_ENABLED = 2;
const DIGEST = '0'.repeat(64);

type Delivered = { readonly eventId: string; readonly webhook: Webhook; readonly index: number };

/** Appends to the store of a server that is not running what publishing, fan-out and attempts would have recorded. */
export async function writeHistory(
  folder: string,
  { deliveries, bytes, webhooks, state, madeOn }: History,
): Promise<void> {
  const store = new SqliteEventStore(join(folder, 'events.db'));
  const prefix = randomBytes(6).toString('hex');
  const append = async (stream: string, expected: number | 'no-stream', event: DomainEvent, actor: string) => {
    const metadata = { at: Date.now(), actor, traceId: prefix };
    const [recorded] = await store.append({ stream, expected, events: [{ ...event, id: randomUUID() }], metadata });
    return recorded?.position ?? 0;
  };

  const receive = ({ eventId, webhook }: Delivered): Promise<number> => {
    const event = eventOf(eventId, webhook.workspaceId, bytes);
    const { id: _, ...published } =
      madeOn === undefined ? event : { ...inNewestShape(event), version: versionOf('newest') };
    const received = { ...published, eventId, timestamp: Date.now(), digest: DIGEST };
    const recorded: PlatformEvent = { type: 'PlatformEventReceived', data: received };
    return append(`platformEvent-${eventId}`, 'no-stream', recorded, 'client:bench');
  };
  const fanOut = ({ eventId, webhook }: Delivered, eventPosition: number) => {
    const { type, workspaceId } = eventOf(eventId, webhook.workspaceId, 0);
    const version = madeOn === undefined ? {} : { version: versionOf(madeOn) };
    const owed = [{ webhookId: webhook.id, workspaceId, epoch: EPOCH_ONCE_ENABLED, ...version }];
    const of = { eventId, type, eventWorkspaceId: workspaceId, eventPosition, idScheme } as const;
    const event: PlatformEvent = { type: 'EventFannedOut', data: { ...of, part: 0, deliveries: owed } };
    return append(`platformEvent-${eventId}`, 0, event, 'saga:fan-out');
  };
  const succeed = ({ eventId, webhook }: Delivered, eventPosition: number) => {
    const deliveryId = deliveryIdOf({ eventId, eventPosition, idScheme }, webhook.id);
    const of = { deliveryId, webhookId: webhook.id, workspaceId: webhook.workspaceId };
    const at = { startedAt: Date.now(), endedAt: Date.now(), url: 'http://127.0.0.1/', statusCode: 200, answer: 'ok' };
    const event: DeliveryEvent = { type: 'AttemptSucceeded', data: { ...of, attempt: 1, round: 1, ...at } };
    return append(`delivery-${deliveryId}`, 'no-stream', event, 'system');
  };

  for (let from = 0; from < deliveries; from += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, deliveries - from) }, (_, i): Delivered => {
      const index = from + i;
      return { eventId: `${prefix}-${index}`, webhook: webhooks[index % webhooks.length] as Webhook, index };
    });
    const positions = await Promise.all(some.map(receive));
    await Promise.all(some.map((each, i) => fanOut(each, positions[i] ?? 0)));
    if (state === 'owed') continue;
    // A few stay unfinished, so that there is something of every status to list.
    await Promise.all(some.flatMap((each, i) => (each.index % 50 === 0 ? [] : [succeed(each, positions[i] ?? 0)])));
  }
  await store.close();
}
