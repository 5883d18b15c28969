import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { createWebhook, event, publish, unique } from '../support/api.ts';
import type { Answer } from '../support/receiver.ts';
import { violations } from './axe.ts';
import { ConsoleWorld, live } from './console-world.ts';

const MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\u202Etxt';
const MINUTE = 60_000;

let world: ConsoleWorld;
let page: Page;
let hook: string;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  hook = await createWebhook(world.api, 'acme', `${world.receiver.url}/in`, {
    name: 'Usage meter',
    triggers: ['workspace-created'],
    delivery: { schedule: [0, 60], onExhausted: 'continue' },
  });
  await world.installation.settled();
  page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${hook}`);
}, 60_000);
afterAll(() => world.stop());

const rows = (state?: string): Locator =>
  page.locator(`[data-testid=delivery-row]${state === undefined ? '' : `[data-state=${state}]`}`);
const detailsOf = (eventId: string): Locator =>
  page.getByRole('button', { name: `Details of ${eventId}`, exact: true });
const jobs = (): Locator => page.getByRole('region', { name: 'Redeliveries' }).getByTestId('job');
const sheet = (): Locator => page.getByRole('dialog');
const param = (name: string): string | null => new URL(page.url()).searchParams.get(name);

async function showing(count: number, locator: Locator): Promise<void> {
  await locator.nth(count - 1).waitFor();
  await locator.nth(count).waitFor({ state: 'detached' });
}

async function published(count: number, changes: object = {}): Promise<string[]> {
  const made = Array.from({ length: count }, () => event('acme', { id: unique('usage'), ...changes }));
  await publish(world.api, ...made);
  await world.installation.settled();
  return made.map(({ id }) => id);
}

async function filter(name: string, option: string): Promise<void> {
  await page.getByRole('search', { name: 'Filter deliveries' }).getByRole('button', { name }).click();
  await page.getByRole('menuitemradio', { name: new RegExp(`^${option}`) }).click();
}

describe('the deliveries of a webhook', () => {
  it('begin with the test that was sent when it was made, and an empty chart', async () => {
    await showing(1, rows('succeeded'));
    await rows().getByText('Test', { exact: true }).waitFor();
    await page.getByTestId('chart').getByText('No deliveries in this period').first().waitFor();
    expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });

  it('are collected when they are new, and shown when somebody asks', async () => {
    await live(page);
    const [id = ''] = await published(1);
    await page.getByRole('button', { name: '1 new delivery – show' }).click();
    await showing(2, rows('succeeded'));
    await detailsOf(id).waitFor();
    await page.locator('[data-testid=chart][data-delivered="1"][data-failed="0"]').waitFor();
  });

  it('are counted as failed in the chart, and count down to their next attempt', async () => {
    world.receiver.answer = () => ({ status: 500, body: MARKUP });
    await published(3, { data: { companyName: MARKUP, displayName: MARKUP, type: 'child' } });
    await page.getByRole('button', { name: '3 new deliveries – show' }).click();
    await showing(3, rows('pending'));
    await rows('pending')
      .first()
      .getByText(/^Trying again in 1:0\d$/)
      .waitFor();
    await rows('pending').first().getByText('answered 500').waitFor();
    await rows('pending').first().getByText('1 of 2').waitFor();
    await page.locator('[data-testid=chart][data-delivered="1"][data-failed="3"]').waitFor();
    await page.getByRole('button', { name: 'Show as table' }).click();
    await page
      .getByRole('table', { name: 'Deliveries by hour' })
      .getByRole('cell', { name: '3', exact: true })
      .waitFor();
  });

  it('are filtered in the URL, by state and by the hour that was chosen', async () => {
    await page.getByRole('button', { name: /^Show the deliveries of/ }).click();
    expect([param('from'), param('to')]).toEqual(['2026-11-02T09:00:00.000Z', '2026-11-02T10:00:00.000Z']);
    await filter('State', 'Delivered');
    await showing(2, rows());
    await page.getByText('2 match', { exact: true }).waitFor();
    await page.reload();
    await showing(2, rows('succeeded'));
    await filter('Code', '404');
    await page.getByRole('heading', { name: 'No delivery matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await showing(5, rows());
    expect([param('status'), param('code'), param('from')]).toEqual([null, null, null]);
  });
});

describe('one delivery', () => {
  it('opens beside the list, with what happened, what to do, and its attempts', async () => {
    await live(page);
    await world.pass(2 * MINUTE);
    await showing(3, rows('exhausted'));
    await filter('State', 'Failed');
    await showing(3, rows());
    await rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await sheet()
      .getByText('What happened: The receiver answered 500. It was attempted 2 times', { exact: false })
      .waitFor();
    await sheet().getByText('What to do:').waitFor();
    await showing(2, sheet().getByTestId('attempt'));
  });

  it('shows what strangers have sent as text, and nothing else', async () => {
    await sheet().getByRole('tab', { name: 'Response' }).click();
    const body = sheet().getByRole('region', { name: 'Response body' });
    expect(await body.textContent()).toBe(MARKUP.replace('\u202E', 'U+202E'));
    await sheet().getByRole('tab', { name: 'Request' }).click();
    await sheet().getByRole('region', { name: 'Request body' }).getByText('window.pwned=1').first().waitFor();
    await sheet().getByText('•••• (hidden)').first().waitFor();
    await sheet().getByRole('tab', { name: 'Event' }).click();
    await sheet().getByRole('region', { name: 'Event data' }).getByText('window.pwned=1').first().waitFor();
    expect(await page.evaluate(() => 'pwned' in window)).toBe(false);
  });

  it('is gone through by keyboard: attempts by arrows, deliveries by brackets, and out by Escape', async () => {
    await sheet()
      .getByRole('option', { name: /^Attempt 2/ })
      .focus();
    await page.keyboard.press('ArrowUp');
    await page.waitForURL((url) => url.searchParams.get('attempt') === '1');
    const first = param('delivery');
    await page.keyboard.press(']');
    await page.waitForURL((url) => url.searchParams.get('delivery') !== first);
    expect(param('attempt')).toBeNull();
    await page.keyboard.press('[');
    await page.waitForURL((url) => url.searchParams.get('delivery') === first);
    await page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
    expect([param('delivery'), param('status')]).toEqual([null, 'exhausted']);
    await page.locator('[data-testid=delivery-row] button:focus').waitFor();
  });

  it('is a command for a shell, without what is hidden', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await sheet().getByRole('button', { name: 'Copy as cURL' }).click();
    await sheet().getByRole('button', { name: 'Copied' }).waitFor();
    const command = await page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(`--url '${world.receiver.url}/in'`);
    expect(command).toContain("-H 'Authorization: <Authorization>'");
    expect(command).toContain(String.raw`onerror=\"window.pwned=1\"`);
  });

  it('has a page of its own, for whoever is sent its link', async () => {
    await sheet().getByRole('link', { name: 'Open as a page' }).click();
    await page.getByRole('heading', { level: 1, name: /^workspace-created/ }).waitFor();
    await page.getByTestId('delivery').and(page.locator('[data-state=exhausted]')).waitFor();
    await page.getByRole('link', { name: 'Deliveries of the webhook' }).click();
    await page.getByRole('heading', { level: 1, name: /^Usage meter/ }).waitFor();
    await showing(5, rows());
  });
});

describe('redelivering', () => {
  it('asks with the count first, and calls nothing delivered before it is', async () => {
    await live(page);
    const waiting: ((answer: Answer) => void)[] = [];
    world.receiver.answer = () => new Promise((resolve) => waiting.push(resolve));
    await filter('State', 'Failed');
    await showing(3, rows());
    await page.getByRole('button', { name: 'Select all 3 that match' }).click();
    await page.getByRole('button', { name: 'Redeliver…' }).click();
    const question = page.getByRole('alertdialog', { name: 'Redeliver 3 deliveries?' });
    await question.getByText(`${world.receiver.url}/in`).waitFor();
    await question.getByRole('button', { name: 'Redeliver' }).click();
    await question.waitFor({ state: 'detached' });
    await world.receiver.until(() => waiting.length > 0);
    await jobs().getByText('3 accepted · 3 waiting').waitFor();
    expect(
      await jobs()
        .getByText(/\d delivered/)
        .count(),
    ).toBe(0);
    world.receiver.answer = () => ({ status: 200, body: 'at last' });
    for (const answer of waiting) answer({ status: 200, body: 'at last' });
    await jobs().and(page.locator('[data-state=finished]')).waitFor();
    await jobs().getByText('3 accepted · 3 delivered').waitFor();
    await page.getByRole('button', { name: 'Show its deliveries' }).click();
    await showing(3, rows('succeeded'));
  });

  it('of what was ticked goes on after the page has gone', async () => {
    world.receiver.answer = () => ({ status: 500, body: 'no' });
    const before = world.receiver.events.length;
    await page
      .getByRole('checkbox', { name: /^Select usage/ })
      .first()
      .press(' ');
    await page.getByText('1 delivery selected').waitFor();
    await page.getByRole('button', { name: 'Redeliver…' }).click();
    await page
      .getByRole('alertdialog', { name: 'Redeliver 1 delivery?' })
      .getByRole('button', { name: 'Redeliver' })
      .click();
    await world.receiver.until(() => world.receiver.events.length > before);
    await page.reload();
    await jobs().first().getByText('1 accepted · 1 waiting').waitFor();
    await world.pass(2 * MINUTE);
    await jobs().first().getByText('1 accepted · 1 failed').waitFor();
  });

  it('of a single one is offered in its row', async () => {
    world.receiver.answer = () => ({ status: 200 });
    await filter('Job', 'Any');
    await filter('State', 'Failed');
    await rows('exhausted')
      .getByRole('button', { name: /^Redeliver/ })
      .click();
    await rows('succeeded').waitFor();
  });
});

describe('a webhook that its failures have disabled', () => {
  const feed = { name: 'Old feed', triggers: ['subscription-updated'], delivery: { schedule: [0] } };
  const subscription = { type: 'subscription-updated', data: { subscriptionType: 'trial' } };

  it('says so and holds what is new, which cannot be sent yet', async () => {
    const id = await createWebhook(world.api, 'acme', `${world.receiver.url}/feed`, feed);
    await world.installation.settled();
    world.receiver.answer = () => ({ status: 500 });
    await published(1, subscription);
    await published(2, subscription);
    await world.go(page, `/w/acme/webhooks/${id}`);
    await page.getByText('Disabled: every attempt of a delivery failed').waitFor();
    await page.getByText('2 held events').waitFor();
    await showing(2, rows('held'));
    const release = page.getByRole('button', { name: 'Release…' });
    expect(await release.getAttribute('aria-disabled')).toBe('true');
    await release.focus();
    await page.getByRole('tooltip', { name: 'The webhook is disabled. Enable it first.' }).waitFor();
  });

  it('asks what becomes of them when it is enabled, and releases them', async () => {
    await live(page);
    world.receiver.answer = () => ({ status: 200 });
    await page.getByRole('button', { name: 'More actions for Old feed' }).click();
    await page.getByRole('menuitem', { name: 'Enable' }).click();
    const question = page.getByRole('alertdialog', { name: 'Enable Old feed: release 2 held events?' });
    await question.getByRole('button', { name: 'Release' }).click();
    await page.getByTestId('webhook-state').and(page.locator('[data-state=enabled]')).waitFor();
    await jobs().getByText('2 accepted · 2 delivered').waitFor();
    await page.getByRole('button', { name: 'Release…' }).waitFor({ state: 'detached' });
    await showing(3, rows('succeeded'));
  });

  it('can be disabled and taken back in the message that says so', async () => {
    await page.getByRole('button', { name: 'More actions for Old feed' }).click();
    await page.getByRole('menuitem', { name: 'Disable' }).click();
    await page.getByTestId('webhook-state').and(page.locator('[data-state=disabled]')).waitFor();
    const message = page.getByRole('alertdialog').filter({ hasText: 'Old feed is disabled' });
    await message.getByRole('button', { name: 'Undo' }).click();
    await page.getByTestId('webhook-state').and(page.locator('[data-state=enabled]')).waitFor();
  });

  it('has all of this in its activity', async () => {
    await page.getByRole('tab', { name: 'Activity' }).click();
    await page.getByTestId('activity-row').and(page.locator('[data-state=webhook-enabled]')).first().waitFor();
    await page.getByTestId('activity-row').and(page.locator('[data-state=webhook-disabled]')).first().waitFor();
    expect(param('tab')).toBe('activity');
    await page.goBack();
    await page.getByRole('table', { name: 'Deliveries', exact: true }).waitFor();
  });
});

describe('somebody who may only look', () => {
  it('sees every delivery, and why they cannot send it again', async () => {
    page = await world.signedIn(await world.user('viewer'), `/w/acme/webhooks/${hook}`);
    await showing(5, rows());
    for (const name of ['Send test', 'Edit', 'Redeliver…']) {
      const button = page.getByRole('button', { name, exact: true });
      expect([name, await button.getAttribute('aria-disabled')]).toEqual([name, 'true']);
    }
    await page.getByRole('button', { name: 'Send test' }).focus();
    await page.getByRole('tooltip', { name: 'Your role is viewer.' }).waitFor();
    await page.getByRole('button', { name: 'More actions for Usage meter' }).click();
    expect(await page.getByRole('menuitem', { name: 'Remove' }).getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await sheet().getByRole('tab', { name: 'Signatures' }).click();
    await sheet().getByText('shown to those who may change the webhook').first().waitFor();
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('axe finds nothing wrong with the deliveries, an open delivery, a menu and a question', async () => {
    const look = { colorScheme, withAxe: true };
    page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${hook}`, look);
    await page.locator('.u-over').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Show as table' }).click();
    await showing(5, rows());
    expect(await violations(page)).toEqual([]);
    await page.getByRole('search', { name: 'Filter deliveries' }).getByRole('button', { name: 'State' }).click();
    await page.getByRole('menuitemradio', { name: /^Failed/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: /^Select all/ }).click();
    await page.getByRole('button', { name: 'Redeliver…' }).click();
    await page.getByRole('alertdialog', { name: /^Redeliver/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    for (const part of ['Request', 'Response', 'Timing', 'Event', 'Signatures']) {
      await sheet().getByRole('tab', { name: part }).click();
      await sheet().getByRole('tabpanel', { name: part }).waitFor();
      expect(await violations(page)).toEqual([]);
    }
    await world.go(page, `/w/acme/webhooks/${hook}?tab=activity`);
    await page.getByTestId('activity-row').first().waitFor();
    expect(await violations(page)).toEqual([]);
  }, 120_000);
});

describe('the pages of all these', () => {
  it('asked no other host, and broke neither their policy nor a script', () => {
    expect(world.problems()).toEqual([]);
  });
});
