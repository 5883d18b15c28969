import { derivedId } from '../../../platform/kernel/index.ts';
import type { EventFannedOut } from '../platform-event/platform-event.events.ts';

/** Of what is fanned out from now on. */
export const ID_SCHEME = 'by-position';

/**
 * An event is owed to a webhook once, so the two make the id. It begins with the event's position, in 12 hexadecimal digits: what is
 * written together stands together in every index.
 */
export function deliveryIdOf(
  { eventId, eventPosition, idScheme }: Pick<EventFannedOut['data'], 'eventId' | 'eventPosition' | 'idScheme'>,
  webhookId: string,
): string {
  const hash = derivedId('delivery', eventId, webhookId);
  if (idScheme === undefined) return hash;
  const place = eventPosition.toString(16).padStart(12, '0');
  return `${place.slice(0, 8)}-${place.slice(8, 12)}-${hash.slice(14)}`;
}
