import type { z } from 'zod';
import { Refusal } from '../../../platform/kernel/index.ts';

/** One property that is wrong. `attemptedValue` is what was sent, null (or undefined) where nothing was. */
export type Fault = { readonly propertyName: string; readonly message: string; readonly attemptedValue: unknown };

/** A request of the location dialect that is wrong, with every fault of it. */
export class LocationInvalid extends Refusal {
  constructor(readonly faults: readonly Fault[]) {
    const errors = faults.map(({ propertyName, message }) => ({ field: propertyName, message }));
    super('invalid', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), { errors });
  }
}

/**
 * What a schema found wrong with a body or a query, one fault for each property: of several issues the first one says what is wrong.
 * `messageOf` says it in other words where it knows better.
 */
export function invalidOf(
  { issues }: z.ZodError,
  unknown: string,
  attemptedValueOf: (propertyName: string) => unknown,
  messageOf: (propertyName: string) => string | undefined = () => undefined,
): LocationInvalid {
  const faults = new Map<string, Fault>();
  const add = (propertyName: string, message: string) => {
    if (faults.has(propertyName)) return;
    faults.set(propertyName, { propertyName, message, attemptedValue: attemptedValueOf(propertyName) });
  };
  for (const issue of issues) {
    if (issue.code === 'unrecognized_keys') issue.keys.forEach((key) => add(key, unknown));
    else add(String(issue.path[0]), messageOf(String(issue.path[0])) ?? issue.message);
  }
  return new LocationInvalid([...faults.values()]);
}
