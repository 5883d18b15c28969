import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { deliverySchema } from './delivery-schema.ts';

const sealed = z.string();
const status = z.enum(['enabled', 'disabled']);

const ofWebhook = {
  webhookId: z.string(),
  /** The `Workspace` header: the webhook of another workspace does not exist for this command. */
  workspaceId: z.string(),
};

const versions = {
  /** Those that alerts are made in at the instant of the command, newest first. A webhook is not moved to any other, nor enabled on one. */
  live: z.array(z.string()).readonly(),
  /** Each withdrawn version with the one that stands for it: no webhook is moved there, and one that is there counts as being on that. */
  withdrawn: z.map(z.string(), z.string()).readonly().optional(),
};

const settings = {
  name: z.string(),
  description: z.string(),
  applyToAllDescendants: z.boolean(),
  url: z.string(),
  triggers: z.array(z.string()),
  delivery: deliverySchema.optional(),
};

/** Both are claimed, or issued, before. */
const numbered = { businessId: z.int(), number: z.int() };

export class CreateWebhook extends command(
  'CreateWebhook',
  z.object({
    ...ofWebhook,
    ...settings,
    dialect: z.enum(['workspace', 'location']).optional(),
    /** Null in the location dialect, and in no other. */
    secret: sealed.nullable(),
    headers: z.record(z.string(), sealed),
    status,
    version: z.string(),
    ...versions,
    ...numbered,
    testId: z.string().optional(),
  }),
) {}

/**
 * Replaces all settings; null, or no `delivery` or `version`, stands for what is stored. An unchanged secret or header value comes as the stored ciphertext, since
 * sealing the same text twice gives two.
 */
export class ReplaceWebhook extends command(
  'ReplaceWebhook',
  z.object({
    ...ofWebhook,
    ...settings,
    secret: sealed.nullable(),
    headers: z.record(z.string(), sealed.nullable()),
    status,
    version: z.string().optional(),
    ...versions,
  }),
) {}

/** The longest overlap of a rotation: a week. */
export const MAX_OVERLAP_SECONDS = 604_800;

/**
 * The secret it had signs beside the new one for this long. One that is as the stored ciphertext changes nothing, so that repeating
 * the command does not end the overlap.
 */
export class RotateWebhookSecret extends command(
  'RotateWebhookSecret',
  z.object({ ...ofWebhook, secret: sealed, overlapSeconds: z.int().min(0).max(MAX_OVERLAP_SECONDS) }),
) {}

/**
 * Listens to the one `trigger` from here on; other fields that are left out stay. Refused for a webhook that listens to several
 * triggers.
 */
export class EditWebhook extends command(
  'EditWebhook',
  z.object({
    ...ofWebhook,
    ...versions,
    ...z.object(settings).pick({ name: true, description: true, url: true }).partial().shape,
    trigger: z.string(),
    status: status.optional(),
  }),
) {}

/** Harmless to a webhook that has a number, and to one that is not there. */
export class NumberWebhook extends command('NumberWebhook', z.object({ webhookId: z.string(), ...numbered })) {}
/**
 * Claims what numbers a webhook, which need not be there yet, and answers it as `WebhookNumber`: asked for again it is the same. One
 * that is there without a number gets it.
 */
export class IssueWebhookNumber extends command('IssueWebhookNumber', z.object(ofWebhook)) {}

export type WebhookNumber = { readonly businessId: number; readonly number: number };

export class RemoveWebhook extends command('RemoveWebhook', z.object(ofWebhook)) {}

/** `held`: what becomes of what it holds. A strictly ordered webhook cannot be enabled without that being said. */
export class EnableWebhook extends command(
  'EnableWebhook',
  z.object({ ...ofWebhook, ...versions, held: z.enum(['release', 'cancel']).optional() }),
) {}

/**
 * Given by anyone but an admin it is harmless: it does nothing to a webhook that is disabled or removed, or that has left the
 * `epoch` it is about. Such a caller may leave the workspace out.
 */
export class DisableWebhook extends command(
  'DisableWebhook',
  z.object({
    webhookId: z.string(),
    workspaceId: z.string().optional(),
    by: z.enum(['admin', 'exhausted', 'gone', 'expired']),
    epoch: z.int().optional(),
    deliveryId: z.string().optional(),
    lastError: z.string().optional(),
    /** With `expired`: the version that did; nothing is done to a webhook that has moved. */
    version: z.string().optional(),
  }),
) {}

export class RequestTest extends command('RequestTest', z.object({ ...ofWebhook, testId: z.string() })) {}

export class CancelHeld extends command('CancelHeld', z.object(ofWebhook)) {}

/** Whether more is owed to it than the `limit` for one webhook; harmless when repeated, and to a webhook that is gone. */
export class ReportBacklog extends command(
  'ReportBacklog',
  z.object({ ...ofWebhook, full: z.boolean(), limit: z.int() }),
) {}

/**
 * Made by the calendar for a webhook on the version `of`; a draft on another version than `target` is put on that, with its changes.
 * Harmless when repeated, and to a webhook that has moved, or had a draft for this version that was discarded.
 */
export class CreateDraft extends command(
  'CreateDraft',
  z.object({ ...ofWebhook, of: z.string(), target: z.string() }),
) {}

/**
 * Makes the draft this, whether or not there is one. Null, and fields that are as the webhook has them, are no changes. Without a
 * `target` the one it has unless that was withdrawn, or else the newest of `live`.
 */
export class ChangeDraft extends command(
  'ChangeDraft',
  z.object({
    ...ofWebhook,
    ...versions,
    target: z.string().optional(),
    changes: z.object({
      ...z.object(settings).partial().shape,
      secret: sealed.nullable().optional(),
      headers: z.record(z.string(), sealed.nullable()).optional(),
    }),
  }),
) {}

export class TestDraft extends command('TestDraft', z.object({ ...ofWebhook, ...versions, testId: z.string() })) {}

export class PublishDraft extends command('PublishDraft', z.object({ ...ofWebhook, ...versions })) {}

export class DiscardDraft extends command('DiscardDraft', z.object(ofWebhook)) {}

export type WebhookCommand =
  | CreateWebhook
  | ReplaceWebhook
  | RotateWebhookSecret
  | EditWebhook
  | NumberWebhook
  | RemoveWebhook
  | EnableWebhook
  | DisableWebhook
  | RequestTest
  | CancelHeld
  | ReportBacklog
  | CreateDraft
  | ChangeDraft
  | TestDraft
  | PublishDraft
  | DiscardDraft;
