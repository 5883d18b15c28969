import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { TRIGGER, type PublishedEvent } from '../payload.ts';
import type { Carillon } from '../processes/carillon.ts';

const text = { type: 'string' };
const object = (properties: Record<string, object>, ...required: string[]) => ({
  type: 'object',
  required,
  properties,
});

const NEWEST = 'bench-3';

/** Two after the first version. Each moves fields about, as releases do. */
const releases = [
  {
    name: 'bench-2',
    schema: object({ subscription: object({ type: text }, 'type'), sentAt: text, note: text }, 'subscription'),
    example: { subscription: { type: 'paid' }, sentAt: '0', note: 'none' },
    downgrade: '{"subscriptionType": subscription.type, "sentAt": sentAt, "note": note}',
  },
  {
    name: NEWEST,
    schema: object(
      { subscription: object({ type: text }, 'type'), usage: object({ sentAt: text, note: text }) },
      'usage',
    ),
    example: { subscription: { type: 'paid' }, usage: { sentAt: '0', note: 'none' } },
    downgrade: '{"subscription": subscription, "sentAt": usage.sentAt, "note": usage.note}',
  },
];

export async function releaseAll(carillon: Carillon): Promise<void> {
  for (const { name, ...release } of releases)
    await carillon.call('POST', '/versions', { name, triggers: { [TRIGGER]: release } });
}

/** What webhooks were made on: before the releases, which leaves them two versions behind, or after them. */
export type MadeOn = 'first' | 'newest';
export const versionOf = (madeOn: MadeOn): string => (madeOn === 'first' ? FIRST_VERSION : NEWEST);

/** The event in the newest shape. */
export function inNewestShape({ data: { subscriptionType, ...usage }, ...event }: PublishedEvent) {
  return { ...event, data: { subscription: { type: subscriptionType }, usage } };
}
