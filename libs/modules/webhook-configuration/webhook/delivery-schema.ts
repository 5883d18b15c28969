import { z } from 'zod';
import { retrySchedule } from '../../../platform/kernel/index.ts';
import { defaultDelivery } from './delivery-settings.ts';

const { concurrency, ratePerSecond, burst, strictOrder, onExhausted } = defaultDelivery;

/** What is left out takes the default. */
export const deliverySchema = z
  .strictObject({
    concurrency: z
      .int()
      .min(1)
      .max(256)
      .default(concurrency)
      .describe('Attempts in flight at once; of no meaning with `strictOrder`, which has one'),
    ratePerSecond: z
      .number()
      .min(0.1)
      .max(10_000)
      .nullable()
      .default(ratePerSecond)
      .describe('Alerts a second; null for no limit'),
    burst: z
      .int()
      .min(1)
      .max(10_000)
      .default(burst)
      .describe('Alerts that may go at once after a quiet time; of no meaning without `ratePerSecond`'),
    strictOrder: z
      .boolean()
      .default(strictOrder)
      .describe('One at a time, in the order of the events; one that fails holds up the others'),
    schedule: retrySchedule
      .nullable()
      .default(null)
      .describe(
        'Seconds before each attempt, one number an attempt: the first is 0, the others grow, at most 604,800. ' +
          "null for the installation's own",
      ),
    onExhausted: z
      .enum(['disable', 'continue'])
      .default(onExhausted)
      .describe('What becomes of the webhook when every attempt of a delivery failed'),
  })
  .describe('How its alerts go out');
export type DeliveryInput = z.infer<typeof deliverySchema>;
