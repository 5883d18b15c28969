import { z } from 'zod';
import { errorsIn, schemaProblem } from '../../../platform/json-schema/json-schema.ts';
import type { FieldError } from '../../../platform/kernel/index.ts';
import type { JsonObject } from './trigger.events.ts';

const TYPE = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const jsonObject = z.record(z.string(), z.unknown());

export const triggerSchema = z.strictObject({
  type: z
    .string()
    .max(100)
    .regex(TYPE, 'must be lower-case words and digits, joined by single hyphens or dots')
    // A release names triggers as the fields of an object.
    .refine((type) => !(type in Object.prototype), 'is a field that every object has'),
  label: z.string().min(1).max(200),
  description: z.string().max(2_000),
  schema: jsonObject.describe('JSON Schema (2020-12) of the `data` of an event'),
  example: jsonObject.describe('A `data` that satisfies the schema'),
});

/** As the catalog answers it. An action is an action for good, and no other trigger becomes one. */
export const catalogEntry = triggerSchema.extend({
  action: z
    .object({ number: z.int(), name: z.string() })
    .optional()
    .describe('The number and the name under which the location API knows it; absent where it does not'),
});

/** Why this schema cannot be used, or why its example does not satisfy it. */
export function definitionProblem(schema: JsonObject, example: JsonObject): FieldError | undefined {
  const problem = schemaProblem(schema);
  if (problem) return { field: 'schema', message: problem };
  const errors = errorsIn(example, schema, 'example');
  if (errors.length === 0) return undefined;
  return { field: 'example', message: errors.map(({ field, message }) => `${field} ${message}`).join(', ') };
}

/** For `superRefine` on a body that holds a definition. */
export function checkDefinition(
  { schema, example }: { readonly schema: JsonObject; readonly example: JsonObject },
  context: z.core.$RefinementCtx<unknown>,
): void {
  const problem = definitionProblem(schema, example);
  if (problem) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
}
