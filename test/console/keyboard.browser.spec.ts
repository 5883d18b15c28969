import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook } from '../support/api.ts';
import { ConsoleWorld } from './console-world.ts';
import { ready, signIn, webhookRow } from './steps.ts';
import { story } from './story.ts';

/** Of any one way through a page, more than it takes. */
const MOST_STEPS = 150;

describe('without a mouse', () => {
  const step = story();
  let world: ConsoleWorld;
  let page: Page;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    for (const name of ['Audit archive', 'Usage meter'])
      await createWebhook(world.api, 'acme', world.receiver.url, { name });
    page = await world.visit('/sign-in');
    await signIn(page, await world.user('owner'));
    await webhookRow(page, 'Usage meter').waitFor();
    await ready(page);
  }, 60_000);
  afterAll(() => world.stop());

  const press = (...keys: string[]) =>
    keys.reduce((last, key) => last.then(() => page.keyboard.press(key)), Promise.resolve());
  const type = (text: string) => page.keyboard.type(text);
  /** What has the focus, as it is called. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null;
      const label = element?.labels?.[0];
      return (element?.getAttribute('aria-label') ?? label?.textContent ?? element?.textContent ?? '').trim();
    });
  const tabTo = async (name: string | RegExp, key = 'Tab') => {
    const seen: string[] = [];
    for (let n = 0; n < MOST_STEPS; n++) {
      await press(key);
      const now = await focused();
      if (typeof name === 'string' ? now === name : name.test(now)) return;
      seen.push(now);
    }
    throw new Error(`${key} does not come to ${String(name)}, but to ${seen.join(' | ')}`);
  };
  const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

  step('the navigation is skipped', async () => {
    await page.reload();
    await ready(page);
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('Tab');
    expect(await focused()).toBe('Skip to content');
    await press('Enter');
    await tabTo('Create webhook');
  });

  step('a webhook is created', async () => {
    await press('c');
    await heading('Create webhook');
    await tabTo('Name');
    await type('Billing sync');
    await tabTo('Authentication URL');
    await type(`${world.receiver.url}/typed`);
    await tabTo('Authentication Secret');
    await type('a secret that is typed');
    await tabTo('Filter triggers');
    await type('workspace created');
    await page.getByText('Workspace created', { exact: true }).waitFor();
    await tabTo('Workspace created');
    await press('Space');
    await press('Control+Enter');
    await heading('Webhooks');
    await webhookRow(page, 'Billing sync')
      .getByTestId('test-line')
      .and(page.locator('[data-state=delivered]'))
      .waitFor();
  });

  step('rows are gone through with j and k, opened with Enter, and have their menu at .', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('j');
    expect(await focused()).toBe('Details of Audit archive');
    await press('j', 'j');
    expect(await focused()).toBe('Details of Usage meter');
    await press('k');
    expect(await focused()).toBe('Details of Billing sync');
    await press('Enter');
    await page.getByRole('region', { name: 'Details of Billing sync' }).waitFor();
    await press('Enter');
    await page.getByRole('region', { name: 'Details of Billing sync' }).waitFor({ state: 'detached' });
  });

  step('a webhook is tested', async () => {
    const tests = () => world.receiver.alerts.filter(({ path }) => path === '/typed');
    expect(tests()).toHaveLength(1);
    await press('.');
    await page.getByRole('menuitem', { name: 'Test' }).waitFor();
    await tabTo('Test', 'ArrowDown');
    await press('Enter');
    await world.receiver.until(() => tests().length === 2);
  });

  step('what was opened gives the focus back', async () => {
    await tabTo('Actions for Billing sync');
    await press('Enter');
    await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    await press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Actions for Billing sync' }).and(page.locator(':focus')).waitFor();
    await press('Enter');
    await tabTo('Remove', 'ArrowDown');
    await press('Enter');
    await page.getByRole('alertdialog', { name: 'Remove Billing sync?' }).waitFor();
    await press('Escape');
    await page.getByRole('alertdialog', { name: 'Remove Billing sync?' }).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Actions for Billing sync' }).and(page.locator(':focus')).waitFor();
  });

  step('a webhook is removed', async () => {
    await press('Enter');
    await tabTo('Remove', 'ArrowDown');
    await press('Enter');
    await page.getByRole('alertdialog', { name: 'Remove Billing sync?' }).waitFor();
    await tabTo('Remove');
    await press('Enter');
    await webhookRow(page, 'Billing sync').waitFor({ state: 'detached' });
    expect(await page.getByTestId('webhook-row').count()).toBe(2);
  });

  step('anything is found by its name', async () => {
    await press('Control+k');
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
    await type('usage');
    await page.getByRole('menuitem', { name: 'Usage meter' }).waitFor();
    await press('ArrowDown', 'Enter');
    await heading('Usage meter');
    await press('Control+k');
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
    await type('activity');
    await page.getByRole('menuitem', { name: 'Activity log' }).first().waitFor();
    await press('ArrowDown', 'Enter');
    await heading('Activity log');
  });

  step('? tells what the keys do', async () => {
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    await press('?');
    await page.getByRole('dialog', { name: /shortcut|keyboard/i }).waitFor();
    await press('Escape');
    expect(world.problems()).toEqual([]);
  });
});
