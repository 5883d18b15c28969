import { z } from 'zod';
import { Refusal, type FieldError } from '../../../platform/kernel/index.ts';
import { validate } from '../../../platform/http/index.ts';

export const MOST_EVENTS = 1_000;
export const MOST_DATA_BYTES = 256 * 1024;

/** The last instant that ISO 8601 writes with four digits of a year, as answers do. */
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

const EVENT_ID = /^[A-Za-z0-9_:-]{1,128}$/;
const DIGITS = /^\d{1,15}$/;
const LONGEST_TYPE = 100;
const LONGEST_WORKSPACE_ID = 128;

const milliseconds = z
  .union(
    [
      z.int(),
      z.string().regex(DIGITS).transform(Number),
      z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
    ],
    { error: 'must be UNIX milliseconds or an ISO 8601 instant' },
  )
  .refine((at) => at >= 0 && at <= LATEST, { error: 'must be between 1970 and 9999' })
  .describe(
    'When it happened: UNIX milliseconds, as a number or a string, or ISO 8601; the time of arrival when absent',
  );

export const eventId = z.string().regex(EVENT_ID, { error: 'must be 1 to 128 characters of A-Z a-z 0-9 _ : -' });

export const publishedEvent = z.strictObject({
  id: eventId.optional().describe('The idempotency key; becomes the hook id of its alerts. One is made when absent'),
  type: z.string().min(1).max(LONGEST_TYPE).describe('A trigger of the catalog'),
  workspaceId: z.string().min(1).max(LONGEST_WORKSPACE_ID),
  timestamp: milliseconds.optional(),
  data: z
    .record(z.string(), z.unknown())
    .describe(`Must satisfy the trigger's schema; at most ${MOST_DATA_BYTES / 1024} KiB`),
});
export type PublishedEvent = z.infer<typeof publishedEvent>;

/** How the body is documented; each item is checked by itself, so that a bad one does not refuse the others. */
export const publishBody = z.union([publishedEvent, z.array(publishedEvent).min(1).max(MOST_EVENTS)]);

export const itemStatus = z.enum(['accepted', 'duplicate', 'conflict', 'invalid']);
export const publishedItem = z.object({
  id: z.string().nullable().describe('null when the item had none that could be used'),
  status: itemStatus,
  errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
});
export type PublishedItem = z.infer<typeof publishedItem>;
export const publishAnswer = z.object({ items: z.array(publishedItem) });
export type PublishAnswer = z.infer<typeof publishAnswer>;

/** @throws {Refusal} `invalid` when the body is neither an event nor a list of 1 to 1,000. */
export function itemsOf(body: unknown): unknown[] {
  const items = Array.isArray(body) ? (body as unknown[]) : [body];
  if (items.length === 0) throw new Refusal('invalid', 'The list of events is empty.');
  if (items.length > MOST_EVENTS) throw new Refusal('too-large', `A request carries at most ${MOST_EVENTS} events.`);
  return items;
}

export function parseItem(
  item: unknown,
): { event: PublishedEvent } | { id: string | null; errors: readonly FieldError[] } {
  const plain = plainEvent(item);
  if (plain) return { event: plain };
  try {
    return { event: validate(publishedEvent, item) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const id = eventId.safeParse((item as { id?: unknown } | null)?.id);
    return { id: id.success ? id.data : null, errors: error.errors };
  }
}

const FIELDS = new Set(Object.keys(publishedEvent.shape));

/** Recognises what nearly every item looks like, at a tenth of what the schema takes. Where it says nothing, the schema decides. */
function plainEvent(item: unknown): PublishedEvent | undefined {
  if (!isObject(item)) return undefined;
  for (const field in item) if (!FIELDS.has(field)) return undefined;
  const { id, type, workspaceId, timestamp = '', data } = item;
  if (typeof id !== 'string' || !EVENT_ID.test(id)) return undefined;
  if (!isText(type, LONGEST_TYPE) || !isText(workspaceId, LONGEST_WORKSPACE_ID) || !isObject(data)) return undefined;
  // The schema leaves it out of `data`.
  if (Object.hasOwn(data, '__proto__')) return undefined;
  if (timestamp === '') return 'timestamp' in item ? undefined : { id, type, workspaceId, data };
  const at = typeof timestamp === 'string' && DIGITS.test(timestamp) ? Number(timestamp) : Infinity;
  return at <= LATEST ? { id, type, workspaceId, timestamp: at, data } : undefined;
}

const isText = (value: unknown, longest: number): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= longest;
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
