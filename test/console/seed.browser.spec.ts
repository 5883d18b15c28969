import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seedTriggers } from '../../libs/modules/webhook-configuration/trigger/seed-triggers.ts';
import { event, publish, registerWorkspace } from '../support/api.ts';
import { choose, ConsoleWorld, live, ready, signIn, webhookRow, type Credentials } from './console-world.ts';
import { story } from './story.ts';

const SECRET = 'only you and Carillon know';
const NAME = 'Billing sync';

/** In the order of the guide, each step where the one before has left. */
describe('creating and managing a webhook in the console', () => {
  const step = story();
  let world: ConsoleWorld;
  let owner: Credentials;
  let page: Page;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    await registerWorkspace(world.api, 'north', 'acme');
    await registerWorkspace(world.api, 'far-north', 'north');
    owner = await world.user('owner');
  }, 60_000);
  afterAll(() => world.stop());

  const tests = () => world.receiver.alerts.filter(({ body }) => body.type === 'test');
  const row = () => webhookRow(page, NAME);

  step('begins with signing in, and going to Connectors, Webhooks', async () => {
    page = await world.visit('/');
    await page.getByRole('heading', { level: 1, name: 'Sign in' }).waitFor();
    await signIn(page, owner);
    const navigation = page.getByRole('navigation', { name: 'Console' });
    await navigation.getByRole('list', { name: 'Connectors' }).getByRole('link', { name: 'Webhooks' }).click();
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
  });

  step('asks for its details, its triggers and whom it applies to', async () => {
    await page.getByRole('link', { name: 'Create webhook' }).click();
    await page.getByRole('heading', { level: 1, name: 'Create webhook' }).waitFor();
    const field = (label: string) => page.getByRole('textbox', { name: label, exact: true });
    await field('Name').fill(NAME);
    await field('Description').fill('Tells the billing what changed');
    await field('Authentication URL').fill(`${world.receiver.url}/billing`);
    await page.getByLabel('Authentication Secret', { exact: true }).fill(SECRET);
    const headers = [
      ['Authorization', 'Bearer abc'],
      ['X-Request-Group', 'billing'],
    ] as const;
    for (const [index, [name, value]] of headers.entries()) {
      const header = page.getByRole('group', { name: `Header ${index + 1}` });
      if ((await header.count()) === 0) await page.getByRole('button', { name: 'Add header' }).click();
      await header.getByRole('textbox', { name: 'Header' }).fill(name);
      await header.getByLabel('Value', { exact: true }).fill(value);
    }
    for (const { type, label, description } of seedTriggers) {
      const isShown = type === 'test' ? 0 : 1;
      const item = page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: label, exact: true }) });
      expect(await item.filter({ hasText: description }).count()).toBe(isShown);
    }
    await page.getByText('Workspace created', { exact: true }).click();
    await page.getByText('Subscription updated', { exact: true }).click();
    await page.getByText('Apply to child workspace', { exact: true }).click();
  });

  step('leads back to the list, which has the webhook, and where the answer to its test alert appears', async () => {
    await page.getByRole('button', { name: 'Create webhook' }).click();
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
    await row().getByTestId('test-line').and(page.locator('[data-state=delivered]')).waitFor();
    const [test] = tests();
    const hookId = String(test?.headers['x-coro-hook-id']);
    expect(test?.path).toBe('/billing');
    expect(test?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-request-group': 'billing' });
    expect(test?.headers['x-coro-signature']).toBe(createHmac('sha256', SECRET).update(hookId).digest('hex'));
    expect(tests()).toHaveLength(1);
    await live(page);
  });

  step('opens its details with the arrow, from where it can be tested', async () => {
    await page.getByRole('button', { name: `Details of ${NAME}` }).click();
    const details = page.getByRole('region', { name: `Details of ${NAME}` });
    await details.getByText(`${world.receiver.url}/billing`).waitFor();
    await details.getByRole('button', { name: 'Send test' }).click();
    await world.receiver.until(() => tests().length === 2);
    await details.getByTestId('test-line').and(page.locator('[data-state=delivered]')).waitFor();
    await page.getByRole('button', { name: `Details of ${NAME}` }).click();
    await details.waitFor({ state: 'detached' });
  });

  step('edits it from the three-dot menu', async () => {
    await choose(page, NAME, 'Edit');
    await page.getByRole('heading', { level: 1, name: /Edit/ }).waitFor();
    await page.getByLabel('Description', { exact: true }).fill('Tells the books');
    await page.getByText('Number of protected users updated', { exact: true }).click();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByRole('heading', { level: 1, name: 'Edit' }).waitFor({ state: 'detached' });
    await world.go(page, '/w/acme/webhooks');
    await row()
      .getByRole('button', { name: `3 triggers of ${NAME}` })
      .waitFor();
    const { data } = await world.api.get<{ items: object[] }>('/settings/webhooks', { headers: { Workspace: 'acme' } });
    expect(data.items).toMatchObject([{ name: NAME, description: 'Tells the books', applyToAllDescendants: true }]);
  });

  step('tests it from the menu, with an alert that is no event', async () => {
    await choose(page, NAME, 'Test');
    await world.receiver.until(() => tests().length === 3);
    await row().getByTestId('test-line').and(page.locator('[data-state=delivered]')).waitFor();
    expect(tests().at(-1)?.body.type).toBe('test');
    expect(world.receiver.events).toEqual([]);
  });

  step('disables it without losing its configuration, and enables it', async () => {
    await choose(page, NAME, 'Disable');
    await row().and(page.locator('[data-state=admin]')).waitFor();
    await choose(page, NAME, 'Enable');
    await row().and(page.locator('[data-state=enabled]')).waitFor();
    await row()
      .getByRole('button', { name: `3 triggers of ${NAME}` })
      .waitFor();
  });

  step('sends what happens in a child workspace to the webhook of its parent', async () => {
    await publish(world.api, event('far-north'), event('acme'));
    const arrived = await world.receiver.received(2);
    expect(arrived.map(({ body }) => body.workspaceId).sort()).toEqual(['acme', 'far-north']);
  });

  step('shows live that four failures have disabled it, and the activity log says so', async () => {
    await live(page);
    world.receiver.answer = () => ({ status: 503, body: 'closed for today' });
    const failing = event('acme');
    await publish(world.api, failing);
    await world.installation.settled();
    expect(world.receiver.counts.get(failing.id)).toBe(1);
    await world.pass(24 * 3_600_000);
    expect(world.receiver.counts.get(failing.id)).toBe(4);
    await row().and(page.locator('[data-state=exhausted]')).waitFor();
    await row().getByText('Disabled by failures').waitFor();
    await page.getByRole('link', { name: 'Activity log' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activity log' }).waitFor();
    await ready(page);
    await page
      .getByRole('row')
      .filter({ hasText: /disabled/i })
      .filter({ hasText: NAME })
      .first()
      .waitFor();
  });

  step('removes it once somebody has said that they mean it', async () => {
    world.receiver.answer = () => ({ status: 200 });
    await world.go(page, '/w/acme/webhooks');
    await choose(page, NAME, 'Remove');
    const question = page.getByRole('alertdialog', { name: `Remove ${NAME}?` });
    await question.getByRole('button', { name: 'Keep' }).click();
    await question.waitFor({ state: 'detached' });
    await row().waitFor();
    await choose(page, NAME, 'Remove');
    await question.getByRole('button', { name: 'Remove' }).click();
    await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
    expect(world.problems()).toEqual([]);
  });
});
