import { Ajv2020, type Options, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '../kernel/index.ts';

/** A JSON Schema (2020-12). Formats are checked; keywords nobody knows are passed over. */
export type JsonSchema = Readonly<Record<string, unknown>>;

const ENDLESS = 'cannot be checked: the schema refers to itself without end';

const OPTIONS = { strict: false, allErrors: true, logger: false } as const;
/** Knows what a schema may be, which takes longer to learn than most schemas to compile. It keeps none of those it is shown. */
const judge = ajvWith(OPTIONS);

const compiled = new WeakMap<JsonSchema, ValidateFunction>();

/** Why this schema cannot be used. */
export function schemaProblem(schema: JsonSchema): string | undefined {
  // An asynchronous validator answers with a promise, which would let everything pass.
  if ('$async' in schema) return '$async is not supported';
  try {
    validatorOf(schema);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return 'cannot be checked: it is too deep';
    return error instanceof Error ? error.message : 'is not a JSON Schema';
  }
}

/**
 * Every fault, each with its path from `root`: `data.list[0].name`. A schema is compiled once for each object that it comes in. Whether
 * it refers to itself without end shows with data that leads there, and is a fault of these.
 * @throws {Error} for a schema that has a problem.
 */
export function errorsIn(data: unknown, schema: JsonSchema, root = 'data'): FieldError[] {
  const validate = validatorOf(schema);
  try {
    if (validate(data)) return [];
  } catch (error) {
    if (error instanceof RangeError) return [{ field: root, message: ENDLESS }];
    throw error;
  }
  return (validate.errors ?? []).map((error) => {
    const at = pathTo(error.instancePath, data, root);
    if (error.keyword === 'required') {
      return { field: `${at}.${String(error.params['missingProperty'])}`, message: 'is required' };
    }
    if (error.keyword === 'additionalProperties') {
      return { field: `${at}.${String(error.params['additionalProperty'])}`, message: 'is not a known field' };
    }
    return { field: at, message: error.message ?? 'is invalid' };
  });
}

function validatorOf(schema: JsonSchema): ValidateFunction {
  const known = compiled.get(schema);
  if (known) return known;
  void judge.validateSchema(schema, true);
  // One of its own for each, since schemas may have the same $id.
  const validate = ajvWith({ ...OPTIONS, validateSchema: false }).compile(schema);
  compiled.set(schema, validate);
  return validate;
}

function ajvWith(options: Options): Ajv2020 {
  const ajv = new Ajv2020(options);
  addFormats.default(ajv);
  return ajv;
}

/** A JSON pointer into `data`, as a field of the request. */
function pathTo(pointer: string, data: unknown, root: string): string {
  let path = root;
  let value = data;
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path += Array.isArray(value) ? `[${key}]` : `.${key}`;
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}
