import { z } from 'zod';
import { narrowing } from '../delivery/delivery-conditions.ts';
import { MOST_CHOSEN } from './redelivery.commands.ts';
import { redeliverableStatuses } from './redelivery.events.ts';

export const DEFAULT_RATE = 50;

export const rate = {
  ratePerSecond: z
    .int()
    .min(1)
    .max(1_000)
    .default(DEFAULT_RATE)
    .describe('Deliveries asked for in a second, 1 to 1,000; the settings of the webhook limit them further'),
};

export const redeliveryFilter = z.strictObject({
  status: z.enum(redeliverableStatuses).optional().describe('`succeeded` takes `what: all`'),
  ...narrowing,
});

export const selection = z.strictObject({
  what: z
    .enum(['not-delivered', 'all'])
    .describe('`not-delivered`: exhausted, unrendered, skipped and held ones. `all`: those that succeeded, too'),
  since: z.iso.datetime({ offset: true }).optional().describe('Created at or after'),
  until: z.iso.datetime({ offset: true }).optional().describe('Created before'),
  filter: redeliveryFilter.optional().describe('Narrows `what`: a delivery is sent again if both, and all fields, fit'),
  deliveryIds: z
    .array(z.string().min(1).max(128))
    .min(1)
    .max(MOST_CHOSEN)
    .optional()
    .describe('These of one webhook alone, as far as `what` has them; with neither `filter` nor times'),
  ...rate,
});
type Selection = Omit<z.infer<typeof selection>, 'ratePerSecond'>;

/** What no schema of a single field can tell. */
export function checkSelection(asked: Selection, context: z.RefinementCtx): void {
  const { what, since, until, filter, deliveryIds } = asked;
  const wrong = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
  if (since !== undefined && until !== undefined && Date.parse(since) >= Date.parse(until))
    wrong(['until'], 'is not after `since`');
  if (filter?.status === 'succeeded' && what !== 'all') wrong(['filter', 'status'], 'takes `what: all`');
  if (deliveryIds && (filter ?? since ?? until) !== undefined)
    wrong(['deliveryIds'], 'stand alone, without `filter`, `since` and `until`');
}

/** A filter without fields narrows nothing; a delivery is chosen once. */
export const wishOf = ({ what, since, until, filter = {}, deliveryIds }: Selection) => ({
  what,
  since: since === undefined ? null : Date.parse(since),
  until: until === undefined ? null : Date.parse(until),
  ...(Object.values(filter).some((value) => value !== undefined) ? { filter } : {}),
  ...(deliveryIds ? { deliveryIds: [...new Set(deliveryIds)] } : {}),
});
