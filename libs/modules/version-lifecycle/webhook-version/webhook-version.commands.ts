import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

const jsonObject = z.record(z.string(), z.unknown());
const triggers = z.record(z.string(), z.object({ schema: jsonObject, example: jsonObject, downgrade: z.string() }));

/**
 * The shapes and downgrades must have been checked against those of `supersedes`, which is refused if it is not current any more.
 * Null for the first version, which is not released again when it is there.
 */
export class ReleaseVersion extends command(
  'ReleaseVersion',
  z.object({ version: z.string(), notes: z.string(), triggers, supersedes: z.string().nullable() }),
) {}

/** Harmless when repeated. */
export class PostponeExpiration extends command(
  'PostponeExpiration',
  z.object({ version: z.string(), expiresAt: z.number() }),
) {}

/** `webhooks`: how many are on it; with any it is refused. */
export class WithdrawVersion extends command('WithdrawVersion', z.object({ version: z.string(), webhooks: z.int() })) {}

/**
 * Records what of a version's calendar was due by `upTo` and has come by `metadata.at`, by which is judged whether it is overtaken;
 * harmless when repeated or too early.
 */
export class ReachMilestones extends command('ReachMilestones', z.object({ version: z.string(), upTo: z.number() })) {}

export type WebhookVersionCommand = ReleaseVersion | PostponeExpiration | WithdrawVersion | ReachMilestones;
