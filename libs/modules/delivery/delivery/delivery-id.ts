import { derivedId, type Position } from '../../../platform/kernel/index.ts';

/**
 * An event is owed to a webhook once, so the two make the id. It begins with the event's position, in 12 hexadecimal digits: what is
 * written together stands together in every index.
 */
export function deliveryIdOf(event: { eventId: string; eventPosition: Position }, webhookId: string): string {
  const place = event.eventPosition.toString(16).padStart(12, '0');
  const hash = derivedId('delivery', event.eventId, webhookId);
  return `${place.slice(0, 8)}-${place.slice(8, 12)}-${hash.slice(14)}`;
}
