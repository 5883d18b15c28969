import { z } from 'zod';

/** The answer to whoever asks for a test. */
export const acceptedSchema = z.object({
  deliveryId: z.string().describe('Of the delivery that carries the test alert'),
});
export type AcceptedTest = z.infer<typeof acceptedSchema>;

export const acceptedExample: AcceptedTest = { deliveryId: '01939d3e-6f43-7c1e-9a53-0c4fdd1c7a10' };
