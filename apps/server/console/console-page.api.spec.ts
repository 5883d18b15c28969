import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import cookie from '@fastify/cookie';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CONSOLE_EMBEDDING, type ConsoleEmbedding } from '../../../libs/modules/accounts/contract.ts';
import { serveConsole } from './serve-console.ts';

const SCRIPT = 'export const answer = 42;\n'.repeat(100);
const PAGE = '<!doctype html><html data-theme="__THEME__"><meta property="csp-nonce" nonce="__NONCE__"></html>';
const embedding: ConsoleEmbedding = {
  ofLink: async (linkId) => (linkId === 'embedded' ? 'https://platform.example' : null),
  ofSession: async (value) => (value === 'of-a-link' ? 'https://platform.example' : null),
};

@Module({ providers: [{ provide: CONSOLE_EMBEDDING, useValue: embedding }] })
class Served {}

let folder: string;
let app: NestFastifyApplication;
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { headers, redirect: 'manual' });
let origin = '';

async function serve(from: string): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter();
  await adapter.getInstance().register(cookie);
  const served = await NestFactory.create<NestFastifyApplication>(Served, adapter, { logger: false });
  await serveConsole(served, from);
  await served.listen(0, '127.0.0.1');
  return served;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'carillon-'));
  await mkdir(join(folder, 'assets'));
  await writeFile(join(folder, 'index.html'), PAGE);
  await writeFile(join(folder, 'secret.txt'), 'not an asset');
  await writeFile(join(folder, 'assets/index-1a2b.js'), SCRIPT);
  await writeFile(join(folder, 'assets/index-1a2b.js.gz'), gzipSync(SCRIPT));
  app = await serve(folder);
  origin = (await app.getUrl()).replace('[::1]', '127.0.0.1');
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';

describe('the page of the console', () => {
  it.each(['/console/', '/console/sign-in', '/console/w/acme/webhooks?search=x'])('answers at %s', async (path) => {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
  });

  it('is found from /console', async () => expect((await get('/console')).headers.get('location')).toBe('/console/'));

  it('has a nonce of its own each time, which its policy names', async () => {
    const nonces = await Promise.all(
      [1, 2].map(async () => {
        const response = await get('/console/');
        const [, nonce = ''] = /nonce="([^"]+)"/.exec(await response.text()) ?? [];
        expect(policyOf(response)).toContain(`style-src 'self' 'nonce-${nonce}'`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('may run nothing but its own scripts, and ask nobody but this server', async () => {
    const policy = policyOf(await get('/console/'));
    for (const rule of ["default-src 'none'", "script-src 'self'", "connect-src 'self'", 'require-trusted-types-for']) {
      expect(policy).toContain(rule);
    }
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
  });

  it.each([
    ['carillon_theme=dark', 'dark'],
    ['carillon_theme=light', 'light'],
    ['', 'system'],
    ['carillon_theme="><script>', 'system'],
  ])('with the cookie %p has the theme %s', async (cookies, theme) =>
    expect(await (await get('/console/', { cookie: cookies })).text()).toContain(`data-theme="${theme}"`),
  );

  it('is shown in no frame', async () => expect(policyOf(await get('/console/'))).toContain("frame-ancestors 'none'"));

  it('is shown in frames of the platform that a link, or the session it began, names', async () => {
    const allowed = 'frame-ancestors https://platform.example';
    expect(policyOf(await get('/console/link/embedded'))).toContain(allowed);
    expect(policyOf(await get('/console/', { cookie: 'carillon_session=of-a-link' }))).toContain(allowed);
    expect(policyOf(await get('/console/link/other', { cookie: 'carillon_session=of-a-link' }))).not.toContain(allowed);
  });
});

describe('an asset of the console', () => {
  it('is kept for good, and sent compressed to those who take it', async () => {
    const response = await get('/console/assets/index-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(response.headers.get('cache-control')).toMatch(/max-age=31536000, immutable/);
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await response.text()).toBe(SCRIPT);
  });

  it.each(['/console/assets/none.js', '/console/assets/..%2fsecret.txt', '/console/assets/%2e%2e/secret.txt'])(
    'is not %s',
    async (path) => {
      const text = await (await get(path)).text();
      expect(text).not.toContain('not an asset');
    },
  );
});

describe('a console that is not built', () => {
  it('says so, and is there once it is', async () => {
    const empty = await mkdtemp(join(tmpdir(), 'carillon-'));
    await mkdir(join(empty, 'assets'));
    const early = await serve(empty);
    const url = `${(await early.getUrl()).replace('[::1]', '127.0.0.1')}/console/`;
    expect((await fetch(url)).status).toBe(503);
    await writeFile(join(empty, 'index.html'), PAGE);
    expect((await fetch(url)).status).toBe(200);
    await early.close();
    await rm(empty, { recursive: true });
  });
});
