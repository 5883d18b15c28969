import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { registerWorkspace, unique } from '../support/api.ts';
import { violations } from './axe.ts';
import { ConsoleWorld } from './console-world.ts';
import { FormPage, NEW } from './form-page.ts';
import { webhookRow } from './steps.ts';

let world: ConsoleWorld;
let page: Page;
let form: FormPage;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  await registerWorkspace(world.api, 'north', 'acme');
  for (const id of ['north-1', 'north-2']) await registerWorkspace(world.api, id, 'north');
  await registerWorkspace(world.api, 'south', 'acme');
  page = await world.signedIn(await world.user('webhook-admin'), '/', { withAxe: true });
  form = new FormPage(page);
}, 60_000);
afterAll(() => world.stop());

const tests = (path: string) =>
  world.receiver.alerts.filter((alert) => alert.body.type === 'test' && alert.path === path);

describe('creating a webhook', () => {
  it('by mouse leads to the list, where the result of its test appears', async () => {
    await world.go(page, NEW);
    const name = unique('Billing sync');
    await form.field('Name').fill(name);
    await form.field('Authentication URL').fill(`${world.receiver.url}/mouse`);
    await form.button('Generate').click();
    const generated = await form.secret().inputValue();
    expect(generated).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await form.button('Hide secret').click();
    expect(await form.secret().getAttribute('type')).toBe('password');
    await form.press('Workspace created');
    const aside = form.summary();
    await aside.getByText(`${world.receiver.url}/mouse`).waitFor();
    await aside.getByText('1 trigger', { exact: true }).waitFor();
    await form.button('Create webhook').click();

    await form.list();
    await form.testIsDelivered(webhookRow(page, name));
    const [alert] = tests('/mouse');
    const id = String(alert?.headers['x-coro-hook-id']);
    expect(alert?.headers['x-coro-signature']).toBe(createHmac('sha256', generated).update(id).digest('hex'));
  });

  it('wholly by keyboard does the same', async () => {
    await world.go(page, '/w/acme/webhooks');
    const name = unique('Keyboard sync');
    await page.keyboard.press('c');
    await page.getByRole('heading', { level: 1, name: 'Create webhook' }).and(page.locator(':focus')).waitFor();
    await form.tabTo(form.field('Name'));
    await page.keyboard.type(name);
    await form.tabTo(form.field('Authentication URL'));
    await page.keyboard.type(`${world.receiver.url}/keyboard`);
    await form.tabTo(form.button('Generate'));
    await page.keyboard.press('Enter');
    await form.tabTo(form.header(1));
    await page.keyboard.type('Authorization');
    await form.tabTo(form.value(1));
    await page.keyboard.type('Bearer keys');
    await form.tabTo(form.filter());
    await page.keyboard.type('users added');
    await form.checkbox('Workspace created').waitFor({ state: 'detached' });
    await form.tabTo(form.checkbox('Protected users added'));
    await page.keyboard.press('Space');
    await page.keyboard.press('ControlOrMeta+Enter');

    await form.list();
    await form.testIsDelivered(webhookRow(page, name));
    expect(tests('/keyboard')[0]?.headers['authorization']).toBe('Bearer keys');
  });

  it('begins with the trigger that the URL names', async () => {
    await world.go(page, `${NEW}?trigger=subscription-updated`);
    expect(await form.checkbox('Subscription updated').isChecked()).toBe(true);
    await page.getByText('1 of 101 triggers chosen').waitFor();
  });

  it('can choose groups and all, and shows what each trigger looks like', async () => {
    await world.go(page, NEW);
    await form.button('Select all 11 triggers').click();
    await page.getByText('11 of 101 triggers chosen').waitFor();
    await form.button('Choose none').click();
    await form.button('Example of Subscription updated').click();
    await page.getByRole('region', { name: 'Data of Subscription updated' }).getByText('subscriptionType').waitFor();
    await form.filter().fill('booking');
    await form.checkbox('Booking created').waitFor();
    await form.button('Select all 3 actions found').click();
    await page.getByText('3 of 101 triggers chosen').waitFor();
  });

  it('says which workspaces it covers, and shows them when asked', async () => {
    await world.go(page, NEW);
    await form.press('Apply to child workspace');
    await page.getByText('Covers this workspace and 4 below it.').waitFor();
    await form.summary().getByText('5 workspaces').waitFor();
    await form.button('Which workspaces').click();
    const tree = page.getByRole('treegrid', { name: 'Workspaces that are covered' });
    await tree.getByRole('row', { name: 'south' }).waitFor();
    await tree.getByRole('row', { name: 'north' }).getByRole('button', { name: 'Open' }).click();
    await tree.getByRole('row', { name: 'north-2' }).waitFor();
  });
});

describe('checks of the form', () => {
  it('hint at a URL while it is typed, and refuse it only when it is none', async () => {
    await world.go(page, NEW);
    const hints = page.getByTestId('url-hints');
    await form.field('Authentication URL').pressSequentially('http://webhook.site/1');
    await hints.getByText('can be read by others').waitFor();
    await hints.getByText('Use https').waitFor();
    await form.field('Authentication URL').fill('https://ada:pw@example.com');
    await hints.getByText('authorization header').waitFor();
    await form.field('Authentication URL').fill('https://10.0.0.1/in');
    await hints.getByText('private network').waitFor();
    await form.field('Authentication URL').fill('example.com');
    await page.keyboard.press('Tab');
    await page.getByText('Enter a full URL').waitFor();
    expect(await form.errorOf(form.field('Authentication URL'))).toContain('Enter a full URL');
    await form.field('Authentication URL').fill('https://example.com');
    await page.getByText('Enter a full URL').waitFor({ state: 'detached' });
  });

  it('gather what is wrong in a summary that takes the focus and leads to the fields', async () => {
    await world.go(page, NEW);
    await form.header(1).fill('X-Coro-Signature');
    await form.button('Create webhook').click();
    await form.focused(form.problems());
    expect(await form.problems().getByRole('listitem').allTextContents()).toEqual([
      expect.stringContaining('Authentication URL'),
      expect.stringContaining('Authentication Secret'),
      expect.stringContaining('X-Coro-Signature is a header of the alert itself'),
      expect.stringContaining('Triggers: Choose one trigger at least.'),
    ]);
    expect(await violations(page)).toEqual([]);
    await form.problems().getByRole('button', { name: 'Header 1' }).click();
    await form.focused(form.header(1));
    await form.problems().getByRole('button', { name: 'Triggers' }).click();
    await form.focused(form.filter());
    await form.field('Authentication URL').fill('https://example.com/hooks');
    await page.getByRole('group', { name: '3 fields need attention' }).waitFor();
  });

  it('open the delivery settings for what is wrong in them', async () => {
    await world.go(page, NEW);
    await form.button('Advanced delivery').click();
    await form.field('Alerts at once').fill('0');
    await form.button('Create webhook').click();
    await form.problems().getByRole('button', { name: 'Alerts at once' }).click();
    await form.focused(form.field('Alerts at once'));
  });
});

describe('pasted headers', () => {
  it('fill both cells, and as many rows as there are lines', async () => {
    await world.go(page, NEW);
    await form.paste(form.header(1), 'Authorization: Bearer abc');
    expect(await form.header(1).inputValue()).toBe('Authorization');
    expect(await form.value(1).inputValue()).toBe('Bearer abc');
    expect(await form.value(1).getAttribute('type')).toBe('password');

    await form.button('Add header').click();
    await form.paste(form.header(2), 'X-Request-Group: billing\r\nX-Team: books\n');
    expect(await form.value(2).inputValue()).toBe('billing');
    expect(await form.header(3).inputValue()).toBe('X-Team');
    await form.button('Show the value of header 3').click();
    expect(await form.value(3).getAttribute('type')).toBe('text');
    await form.button('Remove header 2').click();
    await form.header(3).waitFor({ state: 'detached' });
    expect(await form.value(2).inputValue()).toBe('books');
    await form.focused(form.header(1));
  });

  it('are a value as they are beside a name', async () => {
    await world.go(page, NEW);
    await form.header(1).fill('X-Scope');
    await form.paste(form.value(1), 'team: books');
    expect(await form.value(1).inputValue()).toBe('team: books');
    expect(await form.header(1).inputValue()).toBe('X-Scope');
  });
});

describe('leaving the form', () => {
  const question = (): Locator => page.getByRole('alertdialog', { name: 'Leave without saving?' });
  const away = (): Promise<void> =>
    page.getByRole('navigation', { name: 'Console' }).getByRole('link', { name: 'Activity log' }).click();

  it('is not asked about while nothing was typed', async () => {
    await world.go(page, NEW);
    await away();
    await page.getByRole('heading', { level: 1, name: 'Activity log' }).waitFor();
  });

  it('is asked about once something was, by link, by Cancel and by Back', async () => {
    await world.go(page, '/w/acme/webhooks');
    await page.getByRole('link', { name: 'Create webhook' }).click();
    await form.field('Name').fill('Half done');
    await away();
    await question().getByRole('button', { name: 'Keep editing' }).click();
    await question().waitFor({ state: 'detached' });
    expect(await form.field('Name').inputValue()).toBe('Half done');
    await form.button('Cancel').click();
    await question().waitFor();
    await page.keyboard.press('Escape');
    await question().waitFor({ state: 'detached' });
    await page.goBack();
    await question().getByRole('button', { name: 'Leave', exact: true }).click();
    await form.list();
  });
});

describe('the look of the form', () => {
  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('has no violations in %s at %d px, with everything open', async (colorScheme, width) => {
    page = await world.signedIn(await world.user('owner'), NEW, { colorScheme, withAxe: true });
    form = new FormPage(page);
    await page.setViewportSize({ width, height: 900 });
    await form.field('Authentication URL').fill('http://127.0.0.1/x');
    await form.secret().fill('short');
    await form.press('Apply to child workspace');
    await form.button('Which workspaces').click();
    await page.getByRole('treegrid').getByRole('row', { name: 'south' }).waitFor();
    await form.button('Example of Workspace created').click();
    await form.button('Advanced delivery').click();
    await form.press('Limit the rate');
    await form.press('Try again after waits of its own');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });
});

it('asks no other host, and does nothing that its policy refuses', () => {
  expect(world.problems()).toEqual([]);
});
