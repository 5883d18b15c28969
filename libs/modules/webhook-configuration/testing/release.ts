import type { AxiosInstance } from 'axios';
import { seedTriggers } from '../trigger/seed-triggers.ts';

export const NEWEST = '2026-11-01';

/** What the release changes: `data` as it is from then on, and the shape it has had. */
export const reshaped = {
  type: 'subscription-updated',
  schema: {
    type: 'object',
    required: ['subscription'],
    properties: { subscription: { type: 'object', required: ['type'], properties: { type: { type: 'string' } } } },
  },
  example: { subscription: { type: 'paid' } },
  before: seedTriggers.find(({ type }) => type === 'subscription-updated')?.example,
};
const downgrade = '{ "subscriptionType": subscription.type }';

/** Releases the version NEWEST: the one before it is to expire. */
export async function release(api: AxiosInstance): Promise<void> {
  const { type, schema, example } = reshaped;
  const body = { name: NEWEST, triggers: { [type]: { schema, example, downgrade } } };
  const { status, data } = await api.post<unknown>('/versions', body);
  if (status !== 201) throw new Error(`POST /versions answered ${status}: ${JSON.stringify(data)}`);
}
