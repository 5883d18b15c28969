import { derivedId } from '../../../platform/kernel/index.ts';

/** An event is owed to a webhook once, so the two make the id. */
export const deliveryIdOf = (eventId: string, webhookId: string): string => derivedId('delivery', eventId, webhookId);
