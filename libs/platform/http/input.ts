import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiParam, ApiQuery } from '@nestjs/swagger';
import type { z } from 'zod';
import { invalid, notFound, Refusal, type CommandMetadata, type FieldError } from '../kernel/index.ts';
import { openApiSchema } from './json-schema.ts';
import { principalOf, requestOf } from './principal.ts';

/** @throws {Refusal} `invalid`, naming every wrong field at once. */
export function validate<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const errors = fieldErrors(parsed.error);
  throw new Refusal('invalid', errors.map((e) => (e.field ? `${e.field}: ${e.message}` : e.message)).join('; '), {
    errors,
  });
}

export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) => ({ field: pathOf([...issue.path, key]), message: 'is not a known field' }));
    }
    const missing =
      issue.input === undefined && ['invalid_type', 'invalid_value', 'invalid_union'].includes(issue.code);
    return [{ field: pathOf(issue.path), message: missing ? 'is required' : issue.message }];
  });
}

const pathOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');

/** Documents a parameter on the method it belongs to, beside reading it. */
function documented(read: ParameterDecorator, document: MethodDecorator): ParameterDecorator {
  return (target, key, index) => {
    read(target, key, index);
    const descriptor = key === undefined ? undefined : Object.getOwnPropertyDescriptor(target, key);
    if (key !== undefined && descriptor) document(target, key, descriptor);
  };
}

/**
 * The JSON body, validated by this schema, which also documents it. `parse` reads the body instead, where the schema documents it
 * only.
 */
export function FromBody(
  schema: z.ZodType,
  example?: unknown,
  parse: (body: unknown) => unknown = (body) => validate(schema, body),
): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const body = requestOf(context).body;
    if (body === undefined || body === null) throw new Refusal('invalid', 'A JSON body is required.');
    return parse(body);
  });
  const examples = example === undefined ? {} : { examples: { example: { value: example } } };
  return documented(read(), ApiBody({ schema: openApiSchema(schema, 'input'), ...examples }));
}

/** The JSON body where it may be left out, which is the same as `{}`. */
export function FromBodyIfGiven(schema: z.ZodType, examples: Readonly<Record<string, unknown>>): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) =>
    validate(schema, requestOf(context).body ?? {}),
  );
  const named = Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }]));
  return documented(read(), ApiBody({ required: false, schema: openApiSchema(schema, 'input'), examples: named }));
}

/** The query string as one object; its values arrive as strings, so its schema coerces. `parse` as for `FromBody`. */
export function FromQuery(
  schema: z.ZodObject,
  parse: (query: Readonly<Record<string, unknown>>) => unknown = (query) => validate(schema, query),
): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) =>
    parse((requestOf(context).query ?? {}) as Readonly<Record<string, unknown>>),
  );
  const document: MethodDecorator = (target, key, descriptor) => {
    for (const [name, field] of Object.entries(schema.shape)) {
      const type = field as z.ZodType;
      const options = { name, required: !type.safeParse(undefined).success, schema: openApiSchema(type, 'input') };
      ApiQuery({ ...options, ...(type.description ? { description: type.description } : {}) })(target, key, descriptor);
    }
  };
  return documented(read(), document);
}

/** A path parameter. Ids are opaque; what cannot be one does not exist. `type` documents it. */
export function FromPath(name: string, type: 'string' | 'integer' = 'string'): ParameterDecorator {
  const read = createParamDecorator(
    (_: unknown, context: ExecutionContext) => (requestOf(context).params as Record<string, string>)[name],
  );
  return documented(read(), ApiParam({ name, schema: { type } }));
}

/** `If-Match`, as the revision it names; absent or `*` insists on nothing. */
export function IfMatch(): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext) => {
    const header = requestOf(context).headers['if-match'];
    if (header === undefined || header.trim() === '*') return undefined;
    const revision = /^\s*(?:W\/)?"(\d{1,15})"\s*$/.exec(header)?.[1];
    if (revision === undefined) throw invalid('If-Match', 'is not an ETag of this resource');
    return Number(revision);
  });
  return documented(
    read(),
    ApiHeader({
      name: 'If-Match',
      required: false,
      description: 'The ETag that was read; 412 if it has changed since',
    }),
  );
}

export const etag = (revision: number): string => `"${revision}"`;

/** The metadata of the commands this request gives: the caller, the instant it arrived, its trace. */
export const Metadata = createParamDecorator((_: unknown, context: ExecutionContext): CommandMetadata => {
  const request = requestOf(context);
  return { at: request.arrivedAt, actor: principalOf(request).actor, traceId: request.traceId };
});

/** The `Workspace` header: a workspace the caller reaches. One out of reach does not exist for the caller. */
export function InWorkspace(): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext): string => {
    const request = requestOf(context);
    const workspaceId = request.headers['workspace'];
    if (typeof workspaceId !== 'string' || workspaceId === '') throw invalid('Workspace', 'the header is required');
    if (!principalOf(request).reaches(workspaceId)) throw notFound('The workspace');
    return workspaceId;
  });
  const description = 'The workspace the request acts in: itself, not its descendants';
  return documented(read(), ApiHeader({ name: 'Workspace', required: true, description, schema: { type: 'string' } }));
}

/** The `Workspace` header where it only narrows: undefined when absent. */
export function WorkspaceIfGiven(): ParameterDecorator {
  const read = createParamDecorator((_: unknown, context: ExecutionContext): string | undefined => {
    const request = requestOf(context);
    const workspaceId = request.headers['workspace'];
    if (typeof workspaceId !== 'string' || workspaceId === '') return undefined;
    if (!principalOf(request).reaches(workspaceId)) throw notFound('The workspace');
    return workspaceId;
  });
  const description = "Narrows the answer to this workspace; without it the answer covers the token's whole reach";
  return documented(read(), ApiHeader({ name: 'Workspace', required: false, description, schema: { type: 'string' } }));
}
