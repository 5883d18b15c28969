import { z } from 'zod';

/** Seconds to wait before each attempt: the installation's, or a webhook's own. */
export const retrySchedule = z
  .array(z.number().min(0).max(604_800))
  .min(1)
  .max(20)
  .refine((waits) => waits[0] === 0, { error: 'must begin with 0: a first attempt is made at once' })
  .refine((waits) => waits.every((wait, i) => i < 2 || wait > (waits[i - 1] ?? 0)), {
    error: 'numbers after the first must grow',
  });
