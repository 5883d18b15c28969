import { z } from 'zod';
import { targetProblem } from '../../../platform/outbound-http/index.ts';
import { TEST_TRIGGER } from '../trigger/trigger-catalog.ts';
import { deliverySchema, type DeliveryInput } from './delivery-schema.ts';
import { headerProblems } from './header-rules.ts';
import { MAX_SECRET_LENGTH, secretProblem } from './secret-rules.ts';
import { MASK } from './webhook-view.ts';
import type { Dialect } from './webhook.events.ts';

/** What the installation decides about a webhook's body. */
export type InputRules = {
  /** Of the headers Carillon sets itself, without its last hyphen. */
  readonly headerPrefix: string;
  readonly knowsTrigger: (type: string) => boolean;
  readonly knowsVersion: (version: string) => boolean;
};

/** A validated body, in clear. Without a `secret` or `delivery` the stored one is kept; a new webhook gets the defaults. */
export type WebhookInput = {
  readonly name: string;
  readonly description: string;
  readonly applyToAllDescendants: boolean;
  readonly url: string;
  readonly secret?: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly triggers: readonly string[];
  readonly status: 'enabled' | 'disabled';
  readonly delivery?: DeliveryInput;
  readonly version?: string;
};

/** The changes of a draft, in clear. A mask stands for the webhook's own value. `version` is the one that the draft is on. */
export type DraftInput = Partial<Omit<WebhookInput, 'status'>>;

const bothSpellings = {
  applyToAllDescendants: z.boolean().optional().describe('Required: alerts for all descendant workspaces too'),
  applyToAllDescendents: z.boolean().optional().describe('Another spelling of `applyToAllDescendants`'),
};

const name = z.string().max(256);
const description = z.string().max(4_096);

const seedFields = (rules: InputRules) => ({
  name: name.default(''),
  description: description.default(''),
  ...bothSpellings,
  url: url(),
  headers: headers(rules).default({}),
  triggers: triggers(rules),
  status: z.enum(['enabled', 'disabled']),
});

export const createSchema = (rules: InputRules) =>
  z
    .strictObject({
      ...seedFields(rules),
      delivery: deliverySchema.optional(),
      version: version(rules).optional().describe('Left out, it is made on the current version'),
      secret: newSecret(),
    })
    .superRefine(needOneSpelling, { when: isObject })
    .superRefine(needValues, { when: isObject })
    .transform(withOneSpelling);

/** What `GET` answered may be sent back: what only tells of the webhook is ignored, `id` must be the one in the path. */
export const replaceSchema = (rules: InputRules, dialect: Dialect, id?: string) =>
  z
    .strictObject({
      ...seedFields(rules),
      delivery: deliverySchema.optional().describe('Left out, it keeps what is stored; given, it replaces that whole'),
      secret: secretOrNone(dialect).optional(),
      id: z
        .string()
        .refine((given) => id === undefined || given === id, 'is not the id of this webhook')
        .optional(),
      version: version(rules).optional().describe('Left out, it stays on its version'),
      ...ignored,
    })
    .superRefine(needOneSpelling, { when: isObject })
    .transform(
      ({
        id: _,
        updated: _1,
        expiresAt: _2,
        expiring: _3,
        disabledBy: _4,
        hasDraft: _5,
        dialect: _6,
        number: _7,
        previousSecretUntil: _8,
        ...input
      }) => withoutMask(withOneSpelling(input)),
    );

/** No field is required, and none has a default: what is left out is not changed. */
export const draftInputSchema = (rules: InputRules, dialect: Dialect) =>
  z
    .strictObject({
      version: version(rules).optional().describe('Where publishing moves the webhook; the newest one by default'),
      name: name.optional(),
      description: description.optional(),
      ...bothSpellings,
      applyToAllDescendants: z.boolean().optional(),
      url: url().optional(),
      secret: secretOrNone(dialect).optional(),
      headers: headers(rules).optional(),
      triggers: triggers(rules).optional(),
      delivery: deliverySchema.optional(),
    })
    .superRefine(needAgreement, { when: isObject })
    .transform(({ applyToAllDescendents: other, ...input }): DraftInput => {
      const applyToAllDescendants = input.applyToAllDescendants ?? other;
      return withoutMask({ ...input, ...(applyToAllDescendants === undefined ? {} : { applyToAllDescendants }) });
    });

const told = () => z.unknown().optional().describe('Ignored');
const ignored = {
  updated: told(),
  expiresAt: told(),
  expiring: told(),
  disabledBy: told(),
  hasDraft: told(),
  dialect: told(),
  number: told(),
  previousSecretUntil: told(),
};

const version = (rules: InputRules) => z.string().refine(rules.knowsVersion, 'is not a known version');

const url = () =>
  z
    .string()
    .superRefine((text, context) => {
      const problem = targetProblem(text);
      if (problem !== undefined) context.addIssue(problem);
    })
    .meta({ format: 'uri', description: 'http or https, at most 2,048 characters, without credentials' });

const secret = () =>
  z
    .string()
    .superRefine((text, context) => {
      const problem = secretProblem(text);
      if (problem !== undefined) context.addIssue(problem);
    })
    .meta({ minLength: 1, maxLength: MAX_SECRET_LENGTH });

/** One that is not there yet: a mask stands for nothing. */
export const newSecret = () => secret().refine((text) => text !== MASK, 'is a mask; send the secret itself');

const secretOrNone = (dialect: Dialect) =>
  secret()
    .nullable()
    .refine((given) => given !== null || dialect === 'location', 'must be a string; left out, it keeps what is stored')
    .describe('Left out, or as the mask, it keeps what is stored. Null, or left out, in the location dialect');

/** Values are checked with the names, so that one pass finds everything that is wrong. */
const headers = (rules: InputRules) =>
  z
    .record(z.string(), z.unknown())
    .superRefine((given, context) => {
      for (const { field, message } of headerProblems(given, rules.headerPrefix)) {
        context.addIssue({ code: 'custom', path: field === '' ? [] : [field], message });
      }
    })
    .pipe(z.record(z.string(), z.string()))
    .meta({ additionalProperties: { type: 'string' } });

const triggers = (rules: InputRules) =>
  z
    .array(
      z
        .string()
        .refine((type) => type !== TEST_TRIGGER, 'cannot be subscribed to: a test goes to one webhook')
        .refine((type) => type === TEST_TRIGGER || rules.knowsTrigger(type), 'is not a known trigger'),
    )
    .min(1)
    .transform((types) => [...new Set(types)]);

type Spellings = { readonly applyToAllDescendants?: unknown; readonly applyToAllDescendents?: unknown };

function needOneSpelling(given: Spellings, context: z.core.$RefinementCtx<unknown>): void {
  const { applyToAllDescendants: one, applyToAllDescendents: other } = given;
  if (one === undefined && other === undefined) {
    context.addIssue({ code: 'custom', path: ['applyToAllDescendants'], message: 'is required' });
  }
  needAgreement(given, context);
}

function needAgreement(given: Spellings, context: z.core.$RefinementCtx<unknown>): void {
  const { applyToAllDescendants: one, applyToAllDescendents: other } = given;
  if (one === undefined || other === undefined || one === other) return;
  context.addIssue({
    code: 'custom',
    path: ['applyToAllDescendents'],
    message: 'disagrees with applyToAllDescendants',
  });
}

/** A new webhook has nothing stored that a mask could stand for. */
function needValues(given: { readonly headers?: unknown }, context: z.core.$RefinementCtx<unknown>): void {
  for (const [name, value] of Object.entries(given.headers ?? {})) {
    if (value !== MASK) continue;
    context.addIssue({ code: 'custom', path: ['headers', name], message: 'is a mask; send the value itself' });
  }
}

function isObject(payload: { value: unknown }): boolean {
  return typeof payload.value === 'object' && payload.value !== null && !Array.isArray(payload.value);
}

function withOneSpelling<
  T extends { applyToAllDescendants?: boolean | undefined; applyToAllDescendents?: boolean | undefined },
>({ applyToAllDescendents: other, ...input }: T) {
  return { ...input, applyToAllDescendants: input.applyToAllDescendants ?? other ?? false };
}

/** The mask of a secret stands for what is stored, just as leaving it out does, or null for one that has none. */
function withoutMask<T extends { secret?: string | null | undefined }>({ secret: given, ...input }: T) {
  return { ...input, ...(given === undefined || given === null || given === MASK ? {} : { secret: given }) };
}
