import { z } from 'zod';

export const DEFAULT_RATE = 50;

export const rate = {
  ratePerSecond: z
    .int()
    .min(1)
    .max(1_000)
    .default(DEFAULT_RATE)
    .describe('Deliveries asked for in a second, 1 to 1,000; the settings of the webhook limit them further'),
};

export const selection = {
  what: z
    .enum(['not-delivered', 'all'])
    .describe('`not-delivered`: exhausted, unrendered, skipped and held ones. `all`: those that succeeded, too'),
  since: z.iso.datetime({ offset: true }).optional().describe('Created at or after'),
  until: z.iso.datetime({ offset: true }).optional().describe('Created before'),
  ...rate,
};

type Times = { readonly since?: string | undefined; readonly until?: string | undefined };

export const isInOrder = ({ since, until }: Times): boolean =>
  since === undefined || until === undefined || Date.parse(since) < Date.parse(until);
export const NOT_IN_ORDER = { path: ['until'], message: 'is not after `since`' };

export const timesOf = ({ since, until }: Times) => ({
  since: since === undefined ? null : Date.parse(since),
  until: until === undefined ? null : Date.parse(until),
});
