import * as z from 'zod';
import type { FormValues } from './form-values.ts';
import { headerProblems, isBlank, MAX_HEADERS } from './header-rules.ts';
import { readWaits } from './retry-waits.ts';
import { secretProblem } from '../../webhooks/secret-rules.ts';
import { urlProblem } from './url-rules.ts';

// The policy of the page allows no code made of text, which zod would try before its first schema.
z.config({ jitless: true });

const told = (problem: (text: string) => string | undefined) =>
  z.string().superRefine((text, context) => {
    const message = problem(text);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

const numberProblem = (text: string, [min, max]: readonly [number, number], isWhole: boolean): string | undefined => {
  const value = text.trim() === '' ? NaN : Number(text);
  if (!(value >= min && value <= max)) return `Enter a number from ${min} to ${max.toLocaleString('en')}.`;
  return isWhole && !Number.isInteger(value) ? 'Enter a whole number.' : undefined;
};

const delivery = z
  .object({
    concurrency: z.string(),
    isLimited: z.boolean(),
    ratePerSecond: z.string(),
    burst: z.string(),
    strictOrder: z.boolean(),
    hasOwnWaits: z.boolean(),
    schedule: z.string(),
    onExhausted: z.enum(['disable', 'continue']),
  })
  .superRefine((values, context) => {
    const read = readWaits(values.schedule);
    const problems = {
      // It is sent even where it means nothing.
      concurrency: numberProblem(values.concurrency, [1, 256], true),
      ratePerSecond: values.isLimited ? numberProblem(values.ratePerSecond, [0.1, 10_000], false) : undefined,
      burst: numberProblem(values.burst, [1, 10_000], true),
      schedule: values.hasOwnWaits && 'problem' in read ? read.problem : undefined,
    };
    for (const [field, message] of Object.entries(problems)) {
      if (message !== undefined) context.addIssue({ code: 'custom', path: [field], message });
    }
  });

/** `ownPrefix`: of the headers that the server sets itself, or null where it is not known. */
export const formSchema = (ownPrefix: string | null): z.ZodType<FormValues, FormValues> =>
  z
    .object({
      name: z.string().max(256, 'Enter at most 256 characters.'),
      description: z.string().max(4_096, 'Enter at most 4,096 characters.'),
      url: told(urlProblem),
      hasNewSecret: z.boolean(),
      secret: z.string(),
      headers: z.array(z.object({ name: z.string(), value: z.string() })),
      triggers: z.array(z.string()).min(1, 'Choose one trigger at least.'),
      applyToAllDescendants: z.boolean(),
      version: z.string(),
      isEnabled: z.boolean(),
      delivery,
    })
    .superRefine(({ headers, hasNewSecret, secret }, context) => {
      const ofSecret = hasNewSecret ? secretProblem(secret) : undefined;
      if (ofSecret !== undefined) context.addIssue({ code: 'custom', path: ['secret'], message: ofSecret });
      for (const { row, cell, message } of headerProblems(headers, ownPrefix)) {
        context.addIssue({ code: 'custom', path: ['headers', row, cell], message });
      }
      if (headers.filter((row) => !isBlank(row)).length > MAX_HEADERS) {
        context.addIssue({
          code: 'custom',
          path: ['headers'],
          message: `There may be ${MAX_HEADERS} headers at most.`,
        });
      }
    });
