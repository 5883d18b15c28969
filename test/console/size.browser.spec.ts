import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook } from '../support/api.ts';
import { ConsoleWorld, ready, signIn, webhookRow } from './console-world.ts';

const ASSETS = join(import.meta.dirname, '../../dist/console/assets');
const LIMIT_BYTES = 250 * 1024;

describe('the first load of the list of webhooks', () => {
  let world: ConsoleWorld;
  let page: Page;
  const scripts = new Set<string>();
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Billing sync' });
    const first = await world.visit('/sign-in');
    await signIn(first, await world.user('owner'));
    // A cache of its own would answer for the server.
    const state = await first.context().storageState();
    page = await world.visit('/sign-in');
    await page.context().addCookies(state.cookies);
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.endsWith('.js')) scripts.add(pathname.split('/').at(-1) ?? '');
    });
    await page.goto(`${world.installation.url}/console/w/acme/webhooks`);
    await ready(page);
    await webhookRow(page, 'Billing sync').waitFor();
  }, 60_000);
  afterAll(() => world.stop());

  it('is less than 250 KiB of JavaScript, as it is sent', async () => {
    const sizes = await Promise.all(
      [...scripts].map(async (name) => {
        const sent = await stat(join(ASSETS, `${name}.gz`)).catch(() => stat(join(ASSETS, name)));
        return [name, sent.size] as const;
      }),
    );
    const total = sizes.reduce((sum, [, size]) => sum + size, 0);
    expect(scripts.size).toBeGreaterThan(1);
    expect({ sizes: total < LIMIT_BYTES ? [] : sizes, total }).toEqual({ sizes: [], total });
  });

  it('brings neither the form nor the charts', () => {
    const names = [...scripts].join(' ');
    expect(names).not.toMatch(/webhook-form|uplot|zod|statistics-chart/i);
  });

  it('has no script and no style in the page but by the nonce', async () => {
    const response = await world.installation.anonymous().get<string>('/console/w/acme/webhooks');
    const policy = String(response.headers['content-security-policy']);
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? '';
    expect(policy).not.toMatch(/unsafe-(inline|eval)/);
    expect(policy).toContain("require-trusted-types-for 'script'");
    const inline = [...response.data.matchAll(/<(script|style)\b([^>]*)>/g)].map(([, , attributes = '']) => attributes);
    expect(
      inline.filter((attributes) => !/\bsrc=/.test(attributes) && !attributes.includes(`nonce="${nonce}"`)),
    ).toEqual([]);
    expect(response.data).not.toMatch(/\sstyle=|\son\w+=/);
  });

  it('asks no other host for anything', () => expect(world.problems()).toEqual([]));
});
