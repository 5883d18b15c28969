import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook, event, publish } from '../support/api.ts';
import { violations } from './axe.ts';
import { ADMIN, ConsoleWorld, ready } from './console-world.ts';

const TYPE = 'protected-users-count-updated';
const SCHEMA = { type: 'object', required: ['count'], properties: { count: { type: 'integer' } } };
const HOSTILE = '<script>top.location = "/console/sign-in"</script>';
/** What a browser says of a mail in its frame: what it wants, and may not do. */
const KEPT_FROM_DOING =
  /^error: Blocked script execution in '[^']*\/mails\/|^error: Loading the image '[^']*\/seen\.png' violates|^asked another host: .*\/seen\.png$/;

let world: ConsoleWorld;
let page: Page;
/** A host that a mail would tell that it was read. */
let elsewhere: Server;
let asked = 0;
beforeAll(async () => {
  elsewhere = createServer((_request, response) => {
    asked++;
    response.end();
  });
  await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve));
  world = await ConsoleWorld.start();
  const company = { type: 'channel', companyName: 'tenant', displayName: HOSTILE };
  const told = { adminEmails: 'ada@customer.example', notificationLevel: 'all' };
  await world.api.post('/workspaces', { id: 'tenant', parentWorkspaceId: 'acme', ...company, ...told });
  await createWebhook(world.api, 'tenant', `${world.receiver.url}/meter`, { name: 'Usage meter', triggers: [TYPE] });
  await world.installation.settled();
  page = await world.signedIn(ADMIN, '/installation/versions', { withAxe: true });
});
afterAll(async () => {
  await world.stop();
  await new Promise((resolve) => elsewhere.close(resolve));
});

const version = (name: string) => page.getByRole('region', { name: `Version ${name}` });
const see = (text: string | RegExp) => page.getByText(text).first().waitFor();
const fieldError = async (label: string): Promise<string> => {
  const id = await page.getByLabel(label).getAttribute('aria-describedby');
  const notes = await Promise.all((id ?? '').split(' ').map((each) => page.locator(`[id="${each}"]`).textContent()));
  return notes.join(' ');
};
const review = () => page.getByRole('button', { name: 'Review and release…' }).click();
const confirm = () => page.getByRole('alertdialog').getByRole('button', { name: 'Release' }).click();

describe('releasing a version', () => {
  it('is explained while there is only one', async () => {
    expect(await page.title()).toBe('Versions – Carillon');
    await page.getByRole('heading', { name: 'There is one version, and it does not end' }).waitFor();
    await page.getByRole('listitem').filter({ hasText: '2 May 2027 – Ends' }).waitFor();
  });

  it('asks for what is missing, and goes there', async () => {
    await page.getByRole('link', { name: 'Release version…' }).click();
    await page.getByRole('heading', { name: 'Release version', level: 1 }).waitFor();
    await ready(page);
    await review();
    const summary = page.getByRole('alert').filter({ hasText: '2 fields need attention' });
    await summary.waitFor();
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await summary.getByRole('button', { name: 'Name' }).click();
    await page.keyboard.type('2026-11-02');
    expect(await page.getByLabel('Name').inputValue()).toBe('2026-11-02');
    expect(await violations(page)).toEqual([]);
  });

  it('begins with the shape a trigger has, and checks JSON while it is typed', async () => {
    await page.getByRole('button', { name: 'Add trigger…' }).click();
    await page.getByRole('searchbox', { name: 'Filter triggers' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.type(TYPE);
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /device/i })
      .first()
      .waitFor({ state: 'detached' });
    await page.getByRole('dialog').getByRole('button', { name: TYPE }).click();
    const schema = page.getByLabel(`Schema of ${TYPE}`);
    expect(await schema.inputValue()).toContain('"type": "object"');
    await schema.fill('{\n  "type": object');
    expect(await fieldError(`Schema of ${TYPE}`)).toContain('This is not JSON: look at line 2, column 11.');
    await schema.fill(JSON.stringify(SCHEMA));
    expect(await fieldError(`Schema of ${TYPE}`)).not.toContain('JSON:');
    await page.getByLabel(`Example of ${TYPE}`).fill('{"count": 26}');
  });

  it('says who is mailed before it happens, and has what the server refuses at its field', async () => {
    await review();
    const dialog = page.getByRole('alertdialog', { name: 'Release version 2026-11-02?' });
    await dialog.getByText('ada@customer.example').waitFor();
    await dialog.getByText('2 May 2027').waitFor();
    expect(await violations(page)).toEqual([]);
    await confirm();
    await see(/1 field needs attention/);
    expect(await fieldError(`Downgrade of ${TYPE}`)).toMatch(
      /version 2026-01-01 does not take: data\.count must be string/,
    );
  });

  it('asks before what was entered is lost', async () => {
    await page.getByRole('link', { name: 'Health' }).click();
    await page
      .getByRole('alertdialog', { name: 'Leave without releasing?' })
      .getByRole('button', { name: 'Stay' })
      .click();
    expect(await page.getByLabel('Name').inputValue()).toBe('2026-11-02');
  });

  it('starts the calendar of the one before, whose webhooks stay', async () => {
    await page.getByLabel(`Downgrade of ${TYPE}`).fill('{"count": $string(count)}');
    await review();
    await confirm();
    await page.waitForURL(/\/installation\/versions\?/);
    await version('2026-11-02').getByText('Current').waitFor();
    await version('2026-01-01').getByText('Ends 2 May 2027').waitFor();
    await version('2026-01-01').getByText('1 webhook in 1 workspace').waitFor();
    await world.installation.settled();
    const notice = page.getByRole('row').filter({ has: page.getByRole('rowheader', { name: 'ada@customer.example' }) });
    await notice.getByText('Sent', { exact: true }).waitFor();
  });
});

describe('the calendar', () => {
  it('is walked through by keys, and says what happens on a day', async () => {
    const today = page.getByRole('button', { name: /^2 November 2026, today: 2026-11-02 Released/ });
    await today.focus();
    for (let month = 0; month < 6; month++) await page.keyboard.press('PageDown');
    await page.getByRole('grid', { name: 'May 2027' }).waitFor();
    const day = page.getByRole('button', { name: '2 May 2027: 2026-01-01 Ends' });
    expect(await day.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'Chosen day' }).getByText('2026-01-01: Ends').waitFor();
    expect(new URL(page.url()).searchParams.get('day')).toBe('2027-05-02');
    expect(await violations(page)).toEqual([]);
  });

  it('moves when an end is postponed, which says what moves', async () => {
    await version('2026-01-01').getByRole('button', { name: 'Postpone expiration…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Postpone the expiration of 2026-01-01?' });
    await dialog.getByLabel('New expiration').fill('2027-05-01T11:00');
    await dialog.getByRole('button', { name: 'Postpone' }).click();
    await dialog.getByText('Choose a later date than the one it has.').waitFor();
    await dialog.getByLabel('New expiration').fill('2027-07-01T11:00');
    await dialog.getByRole('row', { name: /Reminder and drafts 2 Apr 2027.* 1 Jun 2027/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Postpone' }).click();
    await version('2026-01-01').getByText('Ends 1 Jul 2027').waitFor();
    expect((await world.api.get('/versions/2026-01-01')).data.expiresAt).toBe('2027-07-01T09:00:00.000Z');
  });

  it('has workspaces of others as text', async () => {
    await page.getByRole('tab', { name: 'Adoption' }).click();
    await page.getByRole('rowheader', { name: HOSTILE }).waitFor();
  });
});

describe('the outbox', () => {
  it('has what was mailed, the newest first', async () => {
    await world.installation.settled();
    await world.go(page, '/installation/mails');
    expect(await page.title()).toBe('Mail outbox – Carillon');
    const told = page.getByTestId('mail').filter({ hasText: 'ada@customer.example' });
    await told.filter({ hasText: '1 July 2027' }).waitFor();
    expect(await told.allTextContents()).toEqual([
      expect.stringContaining('1 July 2027'),
      expect.stringContaining('2 May 2027'),
    ]);
  });

  it('shows the HTML of a mail, in which nothing runs', async () => {
    const image = `http://127.0.0.1:${(elsewhere.address() as AddressInfo).port}/seen.png`;
    const html = `<h1>Hello Ada</h1>${HOSTILE}<img src="${image}" onerror="top.name='ran'">`;
    const mail = { messageId: 'hostile@localhost', to: 'ada@customer.example', subject: HOSTILE, html };
    await world.installation.parts.mailer.send({ ...mail, text: 'Go to http://a.example/x#1.' });
    await page.getByRole('button', { name: '1 new mail – show' }).click();
    await page.getByRole('button', { name: HOSTILE }).click();
    const sheet = page.getByRole('dialog', { name: HOSTILE });
    const frame = sheet.frameLocator('iframe');
    await frame.getByRole('heading', { name: 'Hello Ada' }).waitFor();
    expect(await page.evaluate(() => [location.pathname, window.name])).toEqual(['/console/installation/mails', '']);
    expect(asked).toBe(0);
    await sheet.getByText('http://a.example/x#1', { exact: true }).waitFor();
    await sheet.getByRole('button', { name: 'Copy link' }).waitFor();
    await sheet.getByRole('radio', { name: 'Text' }).click();
    await sheet.getByRole('region', { name: 'Text of the mail' }).getByText('Go to http://a.example/x#1.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await sheet.waitFor({ state: 'detached' });
  });
});

describe('the health', () => {
  it('shows a backlog that really exists, and holds still when it is told to', async () => {
    world.receiver.answer = () => ({ status: 500 });
    await publish(world.api, event('tenant', { type: TYPE, data: { count: 1 } }));
    await world.installation.settled();
    await world.go(page, '/installation/health');
    await page.getByTestId('readiness').getByText('Ready').waitFor();
    const lane = page.getByTestId('lane').filter({ hasText: 'Usage meter' });
    expect(await lane.getByRole('cell').nth(1).textContent()).toBe('1');
    await lane.getByText(HOSTILE).waitFor();
    await see(/^Updated 10:00:00$/);
    expect(await violations(page)).toEqual([]);
    await page.getByRole('switch', { name: 'Refresh every 5 s' }).press('Space');
    await publish(world.api, event('tenant', { type: TYPE, data: { count: 2 } }));
    await world.installation.settled();
    expect(await lane.getByRole('cell').nth(1).textContent()).toBe('1');
    await page.getByRole('switch', { name: 'Refresh every 5 s' }).press('Space');
    await lane.getByRole('cell', { name: '2', exact: true }).waitFor();
  });
});

describe('withdrawing', () => {
  it('makes the version before current again', async () => {
    await world.go(page, '/installation/versions');
    await version('2026-11-02').getByRole('button', { name: 'Withdraw…' }).click();
    const dialog = page.getByRole('alertdialog', { name: 'Withdraw version 2026-11-02?' });
    await dialog.getByRole('button', { name: 'Withdraw' }).click();
    await version('2026-11-02').waitFor({ state: 'detached' });
    await version('2026-01-01').getByText('Current').waitFor();
  });
});

it('nothing but a mail was kept from doing something', () =>
  expect(world.problems().filter((problem) => !KEPT_FROM_DOING.test(problem))).toEqual([]));
