import { applyDecorators, HttpCode, SetMetadata } from '@nestjs/common';
import {
  ApiBasicAuth,
  ApiBearerAuth,
  ApiConsumes,
  ApiCookieAuth,
  ApiExtension,
  ApiOperation,
  ApiProduces,
  ApiResponse,
} from '@nestjs/swagger';
import type { z } from 'zod';
import { JSON_LINES_TYPE } from './json-lines.ts';
import { openApiSchema, type OpenApiSchema } from './json-schema.ts';
import { problemTitles } from './problem.ts';
import { SESSION_COOKIE } from './session-cookie.ts';

export const SCOPE = Symbol('Scope');
export const TAKES_BASIC = Symbol('TakesBasic');
/**
 * `public` is an explicit choice: a route that declares nothing is refused by the guard and by a test. `session` is for whoever has
 * one, whatever its scopes, and for nobody else.
 */
export type ScopeName = `${string}:${string}` | 'public' | 'session';

export type RouteOptions = {
  readonly summary: string;
  readonly description?: string;
  readonly scope: ScopeName;
  readonly success: {
    readonly status: number;
    readonly description?: string;
    /** Media type; `application/json` by default. */
    readonly type?: string;
    readonly schema?: z.ZodType;
    readonly example?: unknown;
    /** Other media types that it may have, each as above. */
    readonly also?: Readonly<Record<string, { readonly schema: z.ZodType; readonly example: unknown }>>;
    /** Headers of the answer that tell something, by name. */
    readonly headers?: Readonly<Record<string, string>>;
    /** Each line of the answer to a body of JSON lines, which the route then takes as well. */
    readonly line?: { readonly schema: z.ZodType; readonly example: unknown };
  };
  /** Beyond 401, 403 (routes with a scope), 503 (routes with `basic`) and 500, which every route may answer. */
  readonly errors?: readonly number[];
  /** HTTP Basic with the id and secret of a client is taken besides bearer tokens. */
  readonly basic?: true;
  /** What the document says of errors that are no problem documents. Who answers so is the filter of the application. */
  readonly failure?: {
    /** Media type. */
    readonly type: string;
    readonly schema: z.ZodType;
    readonly exampleOf: (status: number) => unknown;
  };
};

/** Where the OpenAPI document has the schema of a problem; every error of every route refers to it. */
const PROBLEM_REF: OpenApiSchema = { $ref: '#/components/schemas/Problem' };

/** What a route is, once: its scope, its success, its errors; and the same for the OpenAPI document. */
export function Route(options: RouteOptions): MethodDecorator {
  const { success, scope, basic, failure } = options;
  const guarded = scope === 'public' ? [] : basic ? [401, 403, 503] : [401, 403];
  const errors = [...(options.errors ?? []), ...guarded, 500];
  return applyDecorators(
    HttpCode(success.status),
    SetMetadata(SCOPE, scope),
    SetMetadata(TAKES_BASIC, basic === true),
    ApiOperation({
      summary: options.summary,
      description: [options.description, inWords(scope)].filter(Boolean).join('\n\n'),
    }),
    ApiExtension('x-scope', scope),
    ...(scope === 'public' ? [] : [ApiCookieAuth()]),
    ...(scope === 'public' || scope === 'session' ? [] : [ApiBearerAuth()]),
    ...(basic ? [ApiBasicAuth()] : []),
    ...(success.line ? [ApiConsumes('application/json', JSON_LINES_TYPE)] : []),
    ApiProduces(success.type ?? 'application/json', ...Object.keys(success.also ?? {})),
    ApiResponse({
      status: success.status,
      description: success.description ?? options.summary,
      ...(success.headers ? { headers: documentedHeaders(success.headers) } : {}),
      ...(success.schema
        ? {
            content: {
              [success.type ?? 'application/json']: {
                schema: openApiSchema(success.schema, 'output'),
                ...(success.example === undefined ? {} : { example: success.example }),
              },
              ...documentedMedia(success.also ?? {}),
              ...(success.line
                ? { [JSON_LINES_TYPE]: { ...success.line, schema: openApiSchema(success.line.schema, 'output') } }
                : {}),
            },
          }
        : {}),
    }),
    ...[...new Set(errors)].sort().map((status) =>
      ApiResponse({
        status,
        description: problemTitles[status] ?? 'Error',
        content: failure
          ? { [failure.type]: { schema: openApiSchema(failure.schema, 'output'), example: failure.exampleOf(status) } }
          : { 'application/problem+json': { schema: PROBLEM_REF, example: problemExample(status) } },
      }),
    ),
  );
}

function inWords(scope: ScopeName): string {
  if (scope === 'public') return 'Needs no token.';
  return scope === 'session' ? `Needs the cookie \`${SESSION_COOKIE}\`.` : `Needs the scope \`${scope}\`.`;
}

const problemExample = (status: number) => ({
  type: 'about:blank',
  title: problemTitles[status] ?? 'Error',
  status,
  detail: 'What went wrong, in a sentence.',
  traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
  ...(status === 400 ? { errors: [{ field: 'url', message: 'is required' }] } : {}),
});

const documentedHeaders = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' as const } }]),
  );

const documentedMedia = (media: NonNullable<RouteOptions['success']['also']>) =>
  Object.fromEntries(
    Object.entries(media).map(([type, { schema, example }]) => [
      type,
      { schema: openApiSchema(schema, 'output'), example },
    ]),
  );
