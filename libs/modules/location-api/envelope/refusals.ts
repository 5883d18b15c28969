import { conflict, type Refusal } from '../../../platform/kernel/index.ts';
import type { LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { LocationInvalid } from './location-invalid.ts';

/** @throws {LocationInvalid} for an Id in the path that is no integer. */
export function numberInPath(id: string): number {
  if (/^-?\d+$/.test(id)) return Number(id);
  throw new LocationInvalid([{ propertyName: 'Id', message: 'must be an integer', attemptedValue: id }]);
}

/** Why a webhook can neither be shown nor be updated as a record. */
export function inexpressible({ webhookId, triggers }: LocationWebhook): Refusal {
  const [only, ...others] = triggers;
  const reason =
    others.length > 0
      ? `It listens to several triggers, and a record has one action: ${triggers.join(', ')}`
      : `It listens to ${only}, which is no action`;
  return conflict(`No record can express the webhook. ${reason}. It is at /settings/webhooks/${webhookId}.`);
}
