import 'reflect-metadata';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Delete, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';
import { Route } from './route.ts';

const failure = {
  type: 'application/vnd.failure+json',
  schema: z.object({ wrong: z.string() }),
  exampleOf: (status: number) => ({ wrong: `${status}` }),
};

@Controller()
class Routes {
  @Get('plain')
  @Route({ summary: 'A route', scope: 'things:read', success: { status: 204 }, errors: [404] })
  plain() {}

  @Delete('other')
  @Route({
    ...{ summary: 'Another', scope: 'things:write', success: { status: 204 }, errors: [404] },
    basic: true,
    failure,
  })
  other() {}
}

@Module({ controllers: [Routes] })
class Documented {}

let app: NestFastifyApplication;
let document: OpenAPIObject;
beforeAll(async () => {
  app = await NestFactory.create<NestFastifyApplication>(Documented, new FastifyAdapter(), { logger: false });
  document = SwaggerModule.createDocument(app, new DocumentBuilder().addBearerAuth().addBasicAuth().build());
});
afterAll(() => app.close());

describe('the document of a route', () => {
  it('says whether HTTP Basic is taken, as one of two ways', () => {
    expect(document.paths['/plain']?.get?.security).toEqual([{ bearer: [] }]);
    expect(document.paths['/other']?.delete?.security).toHaveLength(2);
    expect(document.paths['/other']?.delete?.security).toEqual(expect.arrayContaining([{ bearer: [] }, { basic: [] }]));
  });

  it('has each error once: its own, and those of how it is guarded', () => {
    expect(Object.keys(document.paths['/plain']?.get?.responses ?? {})).toEqual(['204', '401', '403', '404', '500']);
    expect(Object.keys(document.paths['/other']?.delete?.responses ?? {})).toEqual([
      ...['204', '401', '403', '404', '500', '503'],
    ]);
  });

  it('has problem documents for errors, unless the route has others', () => {
    const problems = document.paths['/plain']?.get?.responses['404'];
    expect(problems).toMatchObject({
      content: {
        'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example: { status: 404 } },
      },
    });
    for (const status of ['401', '404', '500']) {
      const { content } = document.paths['/other']?.delete?.responses[status] as { content: object };
      expect(content).toEqual({
        'application/vnd.failure+json': {
          schema: expect.objectContaining({ type: 'object', required: ['wrong'] }),
          example: { wrong: status },
        },
      });
    }
  });
});
