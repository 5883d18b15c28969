import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook } from '../support/api.ts';
import { choose, ConsoleWorld, ready, webhookRow } from './console-world.ts';

const MINUTE = 60_000;

describe('a console link', () => {
  let world: ConsoleWorld;
  let platform: Platform;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    platform = await Platform.start();
    await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Billing sync' });
  }, 60_000);
  afterAll(async () => {
    await platform.stop();
    await world.stop();
  });

  const issue = async (body: object): Promise<{ id: string; url: string }> => {
    const { status, data } = await world.api.post<{ id: string; url: string }>('/workspaces/acme/console-links', body);
    if (status !== 201) throw new Error(`The link was answered ${status}: ${JSON.stringify(data)}`);
    return data;
  };
  const follow = (url: string): Promise<Page> => world.visit(url.replace(`${world.installation.url}/console`, ''));
  const isOver = (page: Page) => page.getByRole('heading', { level: 1, name: 'This link no longer works' }).waitFor();

  it('opens the console without a password, once', async () => {
    const { url } = await issue({ role: 'webhook-admin', label: 'Ana of the portal' });
    const page = await follow(url);
    await webhookRow(page, 'Billing sync').waitFor();
    expect(page.url()).not.toContain(url.split('#')[1]);
    await page.getByRole('button', { name: 'Account of Ana of the portal' }).click();
    expect(await page.getByRole('menuitem').allTextContents()).toEqual(['Sign out']);
    await page.keyboard.press('Escape');
    await choose(page, 'Billing sync', 'Test');
    await webhookRow(page, 'Billing sync')
      .getByTestId('test-line')
      .and(page.locator('[data-state=delivered]'))
      .waitFor();
    const again = await follow(url);
    await isOver(again);
    await page.context().close();
    await again.context().close();
  });

  it('is over when it was not opened in time', async () => {
    const { url } = await issue({ role: 'viewer', expiresInSeconds: 60 });
    await world.pass(2 * MINUTE);
    const page = await follow(url);
    await isOver(page);
    await page.getByText(/open the console again/).waitFor();
    await page.context().close();
  });

  it('of a viewer lets nobody change anything', async () => {
    const page = await follow((await issue({ role: 'viewer' })).url);
    await webhookRow(page, 'Billing sync').waitFor();
    expect(await page.getByRole('button', { name: 'Create webhook' }).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('button', { name: 'Actions for Billing sync' }).click();
    expect(await page.getByRole('menuitem', { name: 'Remove' }).getAttribute('aria-disabled')).toBe('true');
    await page.context().close();
  });

  it('that is revoked ends its session at once', async () => {
    const { id, url } = await issue({ role: 'viewer' });
    const page = await follow(url);
    await webhookRow(page, 'Billing sync').waitFor();
    await page.locator('[data-testid=live-state][data-state=open]').waitFor();
    expect((await world.api.delete(`/console-links/${id}`)).status).toBe(204);
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await page.context().close();
    expect(world.problems()).toEqual([]);
  });

  describe('in a frame', () => {
    it('shows the console on pages of the origin that it is for', async () => {
      const { url } = await issue({ role: 'viewer', embedIn: platform.origin });
      const page = await platform.frame(world, url);
      const frame = page.frameLocator('iframe');
      await frame.getByRole('rowheader', { name: 'Billing sync' }).waitFor();
      await frame.getByRole('link', { name: 'Activity log' }).click();
      await frame.getByRole('heading', { level: 1, name: 'Activity log' }).waitFor();
      await page.context().close();
    });

    it('is refused by the browser on pages of any other origin', async () => {
      for (const embedIn of [{ embedIn: 'https://portal.example' }, {}]) {
        const { url } = await issue({ role: 'viewer', ...embedIn });
        const page = await platform.frame(world, url);
        const refusal = await page.waitForEvent('console', (message) => /frame-ancestors/.test(message.text()));
        expect(refusal.type()).toBe('error');
        expect(await page.frameLocator('iframe').getByRole('heading').count()).toBe(0);
        await page.context().close();
        const rightly = await follow(url);
        await ready(rightly);
        await rightly.context().close();
      }
    });
  });
});

/** A page of another site that shows a URL in a frame. `localhost` is another site than `127.0.0.1`. */
class Platform {
  private constructor(private readonly server: Server) {}

  static async start(): Promise<Platform> {
    const server = createServer((request, response) => {
      const framed = new URL(request.url ?? '/', 'http://localhost').searchParams.get('url') ?? '';
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end(`<!doctype html><title>Portal</title><iframe width="900" height="700" src="${framed}"></iframe>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new Platform(server);
  }

  get origin(): string {
    return `http://localhost:${(this.server.address() as AddressInfo).port}`;
  }

  async frame(world: ConsoleWorld, url: string): Promise<Page> {
    const { page } = await world.browser.open(world.installation.url, { now: world.installation.clock.now() });
    await page.goto(`${this.origin}/?url=${encodeURIComponent(url)}`, { waitUntil: 'commit' });
    return page;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
