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

  @Get('session')
  @Route({ summary: 'For sessions', scope: 'session', success: { status: 204 } })
  session() {}

  @Get('stream')
  @Route({
    ...{ summary: 'A stream', scope: 'things:read' },
    success: { status: 200, type: 'text/event-stream', schema: z.string(), example: 'data: 1\n\n' },
  })
  stream() {}

  @Get('public')
  @Route({ summary: 'For anyone', scope: 'public', success: { status: 204 } })
  public() {}

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
  document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder().addBearerAuth().addBasicAuth().addCookieAuth().build(),
  );
});
afterAll(() => app.close());

describe('the document of a route', () => {
  const schemes = (operation: { security?: object[] } | undefined) => operation?.security?.flatMap(Object.keys).sort();

  it('has the media type of its success', () => {
    expect(document.paths['/stream']?.get?.responses['200']).toMatchObject({
      content: { 'text/event-stream': { schema: { type: 'string' }, example: 'data: 1\n\n' } },
    });
  });

  it('says of each way in that it is one of several', () => {
    expect(document.paths['/plain']?.get?.security).toHaveLength(2);
    expect(schemes(document.paths['/plain']?.get)).toEqual(['bearer', 'cookie']);
    expect(schemes(document.paths['/other']?.delete)).toEqual(['basic', 'bearer', 'cookie']);
    expect(schemes(document.paths['/session']?.get)).toEqual(['cookie']);
    expect(document.paths['/public']?.get?.security).toBeUndefined();
  });

  it('says in words what is needed', () => {
    const words = (path: string) => document.paths[path]?.get?.description;
    expect(words('/plain')).toBe('Needs the scope `things:read`.');
    expect(words('/session')).toBe('Needs the cookie `carillon_session`.');
    expect(words('/public')).toBe('Needs no token.');
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
