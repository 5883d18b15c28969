import { decideAndAppend, WrongExpectedRevision, type EventStore } from '../../../platform/event-store/index.ts';
import type { Ids, Position } from '../../../platform/kernel/index.ts';
import { Backoff, type Logger } from '../../../platform/runtime/index.ts';
import type { RecordOutcome } from '../delivery/delivery.commands.ts';
import { delivery } from '../delivery/delivery.decider.ts';
import type { DeliveryDocument } from '../delivery/deliveries.projection.ts';
import type { DeliveryEvent } from '../delivery/delivery.events.ts';

export type Recording = { readonly position: Position; readonly events: readonly DeliveryEvent[] };

/**
 * Decides on the state the document carries, which spares reading the stream, and decides again on the stream if the document was
 * behind. Whatever goes wrong is tried until it works: giving up would send the alert again.
 */
export async function recordOutcome(
  store: EventStore,
  ids: Ids,
  document: DeliveryDocument,
  command: RecordOutcome,
  stopping: AbortSignal,
  logger: Logger,
): Promise<Recording> {
  const stream = `${delivery.category}-${document.deliveryId}`;
  const { at, actor, traceId } = command.metadata;
  const decided = delivery.decide(command, document.state);
  const events = decided.map((event) => ({ ...event, id: ids.uuid() }));
  const expected = document.revision < 0 ? 'no-stream' : document.revision;
  let behind = false;
  for (const backoff = new Backoff(); ;) {
    try {
      if (decided.length === 0) return { position: await store.head(), events: [] };
      if (behind) {
        const executed = await decideAndAppend(store, ids, delivery, stream, command);
        return { position: executed.events.at(-1)?.position ?? (await store.head()), events: executed.events };
      }
      const recorded = await store.append({ stream, expected, events, metadata: { at, actor, traceId } });
      return { position: recorded.at(-1)?.position ?? -1, events: decided };
    } catch (error) {
      if (error instanceof WrongExpectedRevision) {
        behind = true;
        continue;
      }
      logger.error({ err: error, deliveryId: document.deliveryId }, 'outcome not recorded, will try again');
      await backoff.wait(stopping);
    }
  }
}
