import type { z } from 'zod';
import { Refusal } from '../../../platform/kernel/index.ts';
import { invalidOf } from '../envelope/location-invalid.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/** @throws {Refusal} `invalid` for any other body, and for none. */
export function objectOf(body: unknown): JsonObject {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return { ...body };
  throw new Refusal('invalid', 'The body must be a JSON object.');
}

/** @throws {LocationInvalid} with everything that is wrong, a fault for each property. */
export function readBody<S extends z.ZodType>(schema: S, body: JsonObject): z.infer<S> {
  const { success, data, error } = schema.safeParse(body, { reportInput: true });
  if (success) return data;
  throw invalidOf(error, 'is not a known field', (propertyName) => body[propertyName]);
}
