import { z } from 'zod';
import type { Instant } from '../../../platform/kernel/index.ts';
import { dateTime } from '../webhook-record/record-values.ts';

export const successSchema = z.object({
  Status: z.literal(200),
  Message: z.string(),
  Value: z.object({ Id: z.int() }),
  OpenInDialog: z.literal(false),
  OpenInWindow: z.literal(false),
  RedirectURL: z.null(),
  JavaScript: z.null(),
  UpdatedOn: z.iso.datetime(),
  UpdatedBy: z.string(),
  Errors: z.null(),
  WasSuccessful: z.literal(true),
});
export type Success = z.infer<typeof successSchema>;

type Done = 'created' | 'updated' | 'deleted';
/** Which webhook, when, and by whom. */
type Deed = { readonly number: number; readonly at: Instant; readonly by: string };

/** The order of the fields is part of what is published. */
export const succeeded = (done: Done, { number, at, by }: Deed): Success => ({
  Status: 200,
  Message: `WebHook was successfully ${done}.`,
  Value: { Id: number },
  OpenInDialog: false,
  OpenInWindow: false,
  RedirectURL: null,
  JavaScript: null,
  UpdatedOn: dateTime(at),
  UpdatedBy: by,
  Errors: null,
  WasSuccessful: true,
});

export const successExample = (done: Done): Success =>
  succeeded(done, { number: 87_654_321, at: Date.UTC(2025, 0, 15, 10, 30), by: 'admin@example.com' });
