import { z } from 'zod';
import type { ApiBodyOptions } from '@nestjs/swagger';

/** As @nestjs/swagger takes it; it does not export the type by itself. */
export type OpenApiSchema = Extract<ApiBodyOptions, { schema: unknown }>['schema'];

/** The OpenAPI 3.1 form of a zod schema: as it may be sent (`input`), or as it is answered (`output`). */
export function openApiSchema(schema: z.ZodType, io: 'input' | 'output'): OpenApiSchema {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json as OpenApiSchema;
}
