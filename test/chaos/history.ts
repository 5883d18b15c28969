import { deliveryIdOf, type DeliveryEvent, type PlatformEvent } from '../../libs/modules/delivery/contract.ts';
import type { WebhookEvent } from '../../libs/modules/webhook-configuration/contract.ts';
import type { EventStore } from '../../libs/platform/event-store/index.ts';
import { START, type Position, type Recorded } from '../../libs/platform/kernel/index.ts';
import { homeOf } from './publishers.ts';
import { receiptIn } from './receivers.ts';

/** What the delivery's own events say, in order: an attempt with the receipt its answer named, or that it is to be sent again. */
export type Entry =
  | { readonly kind: 'attempt'; readonly ok: boolean; readonly receipt: number | undefined }
  | { readonly kind: 'redelivery' };
export type Owed = {
  readonly deliveryId: string;
  readonly webhookId: string;
  readonly hookId: string;
  readonly isTest: boolean;
  /** Of what it is owed for. */
  readonly position: Position;
  readonly entries: Entry[];
};

/** A store, read from its first event to its last. */
export type History = {
  readonly head: Position;
  /** Platform events by id. */
  readonly received: Set<string>;
  readonly owed: Map<string, Owed>;
  /** Where the recorded fan-out is not what the webhooks at the event's position make it. */
  readonly misrouted: string[];
};

type Listening = { readonly workspaceId: string; readonly listens: boolean };
type Source = Recorded<PlatformEvent | WebhookEvent | DeliveryEvent>;

export async function readHistory(store: EventStore): Promise<History> {
  const head = await store.head();
  const history = {
    head,
    received: new Set<string>(),
    owed: new Map<string, Owed>(),
    misrouted: [] as string[],
  };
  const listening = new Map<string, Listening>();
  const due = new Map<string, ReadonlySet<string>>();
  // A batch may end beyond the head, in what others have written to the same server.
  for (let after = START; after < head;) {
    const batch = await store.readAll({ after, limit: 1_000 });
    for (const event of batch.events as readonly Source[]) fold(event, history, listening, due);
    after = batch.position;
  }
  for (const [eventId, webhooks] of due) {
    if (webhooks.size > 0) history.misrouted.push(`${eventId} was not fanned out to ${[...webhooks].join()}`);
  }
  return history;
}

/** `due` has, of each platform event, the webhooks it is to be fanned out to and was not yet. */
function fold(
  event: Source,
  { received, owed, misrouted }: History,
  listening: Map<string, Listening>,
  due: Map<string, ReadonlySet<string>>,
): void {
  const test = (webhookId: string, deliveryId: string) =>
    owed.set(deliveryId, {
      deliveryId,
      webhookId,
      hookId: deliveryId,
      isTest: true,
      position: event.position,
      entries: [],
    });
  const listen = ({ webhookId, workspaceId }: Pick<WebhookEvent['data'], 'webhookId' | 'workspaceId'>, on: boolean) =>
    void listening.set(webhookId, { workspaceId, listens: on });
  switch (event.type) {
    case 'WebhookCreated':
      listen(event.data, event.data.status === 'enabled');
      if (event.data.testId !== undefined) test(event.data.webhookId, event.data.testId);
      return;
    case 'TestRequested':
      return void test(event.data.webhookId, event.data.testId);
    case 'WebhookEnabled':
      return listen(event.data, true);
    case 'WebhookDisabled':
      return listen(event.data, event.data.by !== 'admin');
    case 'PlatformEventReceived': {
      received.add(event.data.eventId);
      const home = homeOf(event.data.workspaceId);
      const webhooks = [...listening].flatMap(([id, { workspaceId, listens }]) =>
        listens && workspaceId === home ? [id] : [],
      );
      return void due.set(event.data.eventId, new Set(webhooks));
    }
    case 'EventFannedOut': {
      const { eventId, eventPosition, deliveries, skipped = [] } = event.data;
      const left = new Set(due.get(eventId));
      for (const { webhookId } of [...deliveries, ...skipped]) {
        if (!left.delete(webhookId)) misrouted.push(`${eventId} was fanned out to ${webhookId}`);
        const deliveryId = deliveryIdOf(event.data, webhookId);
        const of = { deliveryId, webhookId, hookId: eventId, isTest: false, position: eventPosition };
        owed.set(deliveryId, { ...of, entries: [] });
      }
      return void due.set(eventId, left);
    }
    case 'AttemptSucceeded':
    case 'AttemptFailed': {
      const { deliveryId, answer } = event.data;
      const ok = event.type === 'AttemptSucceeded';
      return void owed.get(deliveryId)?.entries.push({ kind: 'attempt', ok, receipt: receiptIn(answer) });
    }
    case 'RedeliveryRequested':
      return void owed.get(event.data.deliveryId)?.entries.push({ kind: 'redelivery' });
    default:
  }
}
