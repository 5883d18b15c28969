import type { z } from 'zod';
import { Refusal } from '../../../platform/kernel/index.ts';
import { LocationInvalid, type Fault } from '../envelope/location-invalid.ts';

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
  const faults = new Map<string, Fault>();
  const add = (propertyName: string, message: string) => {
    // The length of an array that should be text is an issue of its own: the first one says what is wrong.
    if (faults.has(propertyName)) return;
    faults.set(propertyName, { propertyName, message, attemptedValue: body[propertyName] });
  };
  for (const issue of error.issues) {
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => add(key, 'is not a known field'));
    else add(String(issue.path[0]), issue.message);
  }
  throw new LocationInvalid([...faults.values()]);
}
