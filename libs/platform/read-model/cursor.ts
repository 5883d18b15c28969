import { z } from 'zod';
import { invalid } from '../kernel/index.ts';
import type { Value } from './port.ts';

export type Sort = { readonly field: string; readonly direction: 'asc' | 'desc' };

/** Where a page ended: the next one holds what sorts after this value and id, whether or not that document still stands there. */
export type Place = { readonly value: Value; readonly id: string };

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const content = z.tuple([z.string(), z.string(), z.enum(['asc', 'desc']), value, z.string()]);

export function encodeCursor(collection: string, sort: Sort, place: Place): string {
  const parts: z.infer<typeof content> = [collection, sort.field, sort.direction, place.value, place.id];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws {Refusal} `invalid` on `cursor`, unless it was made for this collection and sort. */
export function decodeCursor(cursor: string, collection: string, sort: Sort): Place {
  const parsed = content.safeParse(readJson(cursor));
  if (!parsed.success) throw invalid('cursor', 'is damaged');
  const [madeFor, field, direction, last, id] = parsed.data;
  if (madeFor !== collection || field !== sort.field || direction !== sort.direction) {
    throw invalid('cursor', 'belongs to another query');
  }
  return { value: last, id };
}

function readJson(cursor: string): unknown {
  const bytes = Buffer.from(cursor, 'base64url');
  // Node skips what is not base64url, so only text that comes out the same was ever ours.
  if (bytes.toString('base64url') !== cursor) return undefined;
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}
