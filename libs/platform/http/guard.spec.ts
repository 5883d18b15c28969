import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { asked, everybodyIsBack, guardedApp } from './testing/guarded-app.ts';

let app: NestFastifyApplication;
beforeAll(async () => void (app = await guardedApp()));
afterAll(() => app.close());
beforeEach(everybodyIsBack);

const basic = (credentials: string): string => `Basic ${Buffer.from(credentials).toString('base64')}`;
const get = async (path: string, authorization?: string, remoteAddress = '192.0.2.1') => {
  const headers = authorization === undefined ? {} : { authorization };
  const answer = await app.inject({ method: 'GET', url: `/${path}`, headers, remoteAddress });
  const { actor, detail } = answer.json<{ actor?: string; detail?: string }>();
  return { status: answer.statusCode, challenge: answer.headers['www-authenticate'], actor, detail, answer };
};
const BOTH = 'Bearer, Basic realm="Carillon", charset="UTF-8"';

describe('a route with a scope', () => {
  it('lets in a bearer token that has it', async () => {
    expect(await get('bearer', 'Bearer things:read')).toMatchObject({ status: 200, actor: 'client:of-token' });
    expect(await get('bearer', 'bearer  things:read')).toMatchObject({ status: 200 });
    expect(await get('bearer', 'Bearer things:write')).toMatchObject({ status: 403, challenge: undefined });
  });

  it('refuses everyone else, and challenges for a token', async () => {
    for (const authorization of [undefined, '', 'things:read', 'Digest x', 'Bearer a b']) {
      expect(await get('bearer', authorization)).toMatchObject({ status: 401, challenge: 'Bearer' });
    }
  });

  it("does not even look at a client's secret", async () => {
    expect(await get('bearer', basic('id:se:crét'))).toMatchObject({ status: 401, challenge: 'Bearer' });
    expect(asked).toEqual([]);
  });
});

describe('a route that takes Basic', () => {
  it("lets in a client by its id and secret, told the caller's address", async () => {
    expect(await get('basic', basic('id:se:crét'))).toMatchObject({ status: 200, actor: 'client:id' });
    expect(asked).toEqual(['id se:crét 192.0.2.1']);
  });

  it('takes bearer tokens all the same', async () => {
    expect(await get('basic', 'Bearer things:read')).toMatchObject({ status: 200, actor: 'client:of-token' });
  });

  it('refuses a client that lacks the scope', async () => {
    expect(await get('basic', basic('weak:se:crét'))).toMatchObject({ status: 403, challenge: undefined });
  });

  it.each([
    ['nothing', undefined],
    ['a wrong secret', basic('id:secret')],
    ['no colon', basic('id')],
    ['what is no base64', 'Basic %%%'],
    ['no credentials', 'Basic'],
    ['another scheme', 'Digest x'],
  ])('challenges for either where it gets %s', async (_, authorization) => {
    expect(await get('basic', authorization)).toMatchObject({ status: 401, challenge: BOTH });
  });

  it('makes whoever failed too often wait', async () => {
    const { status, challenge, answer } = await get('basic', basic('id:se:crét'), '192.0.2.9');
    expect([status, challenge, answer.headers['retry-after']]).toEqual([503, undefined, '6']);
  });

  it('refuses a client whose secret ended meanwhile, as of then', async () => {
    expect(await get('twice', basic('id:se:crét'))).toMatchObject({ status: 401, challenge: BOTH });
    expect(asked).toHaveLength(2);
  });
});

describe('a route without a scope', () => {
  it('lets in anyone if it says that it is public, and else nobody', async () => {
    expect(await get('public')).toMatchObject({ status: 200 });
    expect(await get('public', 'Digest x')).toMatchObject({ status: 200 });
    expect(await get('undeclared', 'Bearer things:read')).toMatchObject({ status: 403 });
  });
});
