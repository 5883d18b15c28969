import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import type { FieldError } from '../../../platform/kernel/index.ts';
import type { JsonObject } from './trigger.events.ts';

const TYPE = /^[a-z0-9]+([.-][a-z0-9]+)*$/;
const jsonObject = z.record(z.string(), z.unknown());

export const triggerSchema = z.strictObject({
  type: z.string().max(100).regex(TYPE, 'must be lower-case words and digits, joined by single hyphens or dots'),
  label: z.string().min(1).max(200),
  description: z.string().max(2_000),
  schema: jsonObject.describe('JSON Schema (2020-12) of the `data` of an event'),
  example: jsonObject.describe('A `data` that satisfies the schema'),
});

/** Why this schema cannot be used, or why its example does not satisfy it. */
export function definitionProblem(schema: JsonObject, example: JsonObject): FieldError | undefined {
  // An asynchronous validator answers with a promise, which would let every event pass.
  if ('$async' in schema) return { field: 'schema', message: '$async is not supported' };
  const ajv = new Ajv2020({ strict: false, allErrors: true, logger: false });
  addFormats.default(ajv);
  try {
    const satisfies = ajv.compile(schema);
    if (satisfies(example)) return undefined;
    return { field: 'example', message: ajv.errorsText(satisfies.errors, { dataVar: 'example' }) };
  } catch (error) {
    return { field: 'schema', message: error instanceof Error ? error.message : 'is not a JSON Schema' };
  }
}

/** For `superRefine` on a body that holds a definition. */
export function checkDefinition(
  { schema, example }: { readonly schema: JsonObject; readonly example: JsonObject },
  context: z.core.$RefinementCtx<unknown>,
): void {
  const problem = definitionProblem(schema, example);
  if (problem) context.addIssue({ code: 'custom', path: [problem.field], message: problem.message });
}
