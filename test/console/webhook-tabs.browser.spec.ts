import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook, event, publish, registerWorkspace, SECRET, unique } from '../support/api.ts';
import type { Alert } from '../support/receiver.ts';
import { violations } from './axe.ts';
import { ADMIN, ConsoleWorld } from './console-world.ts';

const MARKUP = '<img src=x onerror="window.pwned=1">\u202Etxt';
const OWN = 'a-secret-of-our-own';
const HOUR = 3_600_000;

let world: ConsoleWorld;
let page: Page;
let hook: string;
beforeAll(async () => {
  world = await ConsoleWorld.start({ env: { HEADER_PREFIX: 'X-Acme' } });
  await registerWorkspace(world.api, 'north', 'acme');
  hook = await createWebhook(world.api, 'acme', `${world.receiver.url}/in`, {
    name: 'Usage meter',
    description: MARKUP,
    triggers: ['workspace-created'],
  });
  await world.installation.settled();
  page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${hook}?tab=configuration`);
}, 60_000);
afterAll(() => world.stop());

const tab = (name: string) => page.getByRole('tab', { name }).click();
const fact = (term: string, on = page) => on.locator('dl > div', { has: on.getByText(term, { exact: true }) });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

/** The next alert of an event, as the receiver got it. */
async function nextAlert(): Promise<Alert> {
  const { id } = event('acme', { id: unique('usage') });
  await publish(world.api, event('acme', { id }));
  const found = () => world.receiver.events.find((alert) => alert.body.id === id);
  await world.receiver.until(() => found() !== undefined);
  return found()!;
}
const header = ({ headers }: Alert, name: string) => String(headers[name]);

describe('the configuration of a webhook', () => {
  it('tells every setting, and no secret', async () => {
    await fact('Authentication URL').getByText(`${world.receiver.url}/in`).waitFor();
    await fact('Status').getByText('Enabled').waitFor();
    await fact('Order').getByText('Any: up to 16 alerts under way at once.').waitFor();
    await fact('Description').getByText('U+202E').waitFor();
    await page.getByRole('region', { name: '1 trigger' }).getByText('workspace-created').waitFor();
    await fact('Created').getByText('by').waitFor();
    const text = await page.locator('main').innerText();
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain('YOUR_ACCESS_TOKEN');
    expect(await page.evaluate('window.pwned')).toBeUndefined();
  });

  it('tells which workspaces it covers', async () => {
    await fact('Apply to child workspace').getByText('Covers 2 workspaces').waitFor();
    await button('Which workspaces').click();
    await page.getByRole('listitem').filter({ hasText: 'north' }).waitFor();
  });

  it('shows the secret for half a minute', async () => {
    await button('Show the secret').click();
    await fact('Authentication Secret').getByText(SECRET).waitFor();
    await page.clock.fastForward(29_000);
    await fact('Authentication Secret').getByText(SECRET).waitFor();
    await page.clock.fastForward(1_000);
    await button('Show the secret').waitFor();
    expect(await page.locator('main').innerText()).not.toContain(SECRET);
  });

  it('shows the value of a header when it is asked for, and hides it again', async () => {
    await button('Show the value of Authorization').click();
    await fact('Header Authorization').getByText('Bearer YOUR_ACCESS_TOKEN').waitFor();
    await button('Hide the value of Authorization').click();
    await button('Show the value of Authorization').waitFor();
  });

  it('gives nothing away to a viewer, who is told why', async () => {
    const other = await world.signedIn(await world.user('viewer'), `/w/acme/webhooks/${hook}?tab=configuration`);
    for (const name of ['Show the secret', 'Rotate secret…']) {
      const control = other.getByRole('button', { name, exact: true });
      expect(await control.getAttribute('aria-disabled')).toBe('true');
      await control.focus();
      await other.getByRole('tooltip').getByText('Your role is viewer.').waitFor();
    }
    await other.context().close();
  });
});

describe('rotating the secret', () => {
  const dialog = (name: string | RegExp = /^Rotate the secret of/) => page.getByRole('dialog', { name });
  const rotate = async (...choices: string[]) => {
    await button('Rotate secret…').click();
    for (const name of choices) await dialog().getByRole('radio', { name }).check({ force: true });
  };
  let made: string;

  it('shows both secrets once, and what counts while both do', async () => {
    await rotate('One hour');
    await dialog().getByRole('row').filter({ hasText: 'X-Acme-Signature' }).getByText('by the old secret').waitFor();
    await dialog().getByRole('button', { name: 'Rotate', exact: true }).click();
    const done = dialog('The secret was rotated');
    await fact('Old secret').getByText(SECRET).waitFor();
    made = await fact('New secret').locator('code').innerText();
    expect(made).toMatch(/^whsec_/);
    await done.getByText('1 h left').waitFor();
    await done.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Two secrets count: 1 h left').waitFor();
  });

  it('signs by both until the overlap ends', async () => {
    const alert = await nextAlert();
    expect(header(alert, 'webhook-signature').split(' ')).toHaveLength(2);
    expect(header(alert, 'x-acme-signature')).toBe(hex(SECRET, alert.body.id));
    await world.pass(HOUR);
    await page.getByText('Two secrets count').waitFor({ state: 'detached' });
    const later = await nextAlert();
    expect(header(later, 'x-acme-signature')).toBe(hex(made, later.body.id));
  });

  it('takes a secret of one’s own, and tells at its field what is wrong with it', async () => {
    await rotate('Use my own', 'None');
    const field = dialog().getByLabel('Your secret');
    await field.fill('whsec_short');
    await dialog().getByRole('button', { name: 'Rotate', exact: true }).click();
    await dialog().getByText('After whsec_ there must be').waitFor();
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await field.fill(OWN);
    await dialog().getByRole('button', { name: 'Rotate', exact: true }).click();
    await fact('New secret').getByText(OWN).waitFor();
    expect(await fact('Old secret').count()).toBe(0);
    await button('Done').click();
    expect(header(await nextAlert(), 'webhook-signature').split(' ')).toHaveLength(1);
  });
});

describe('verifying signatures', () => {
  const verdict = (state: string) => page.locator(`[data-testid=verdict][data-state=${state}]`).waitFor();
  const code = (language: string) => page.getByRole('region', { name: `Code in ${language}` });

  it('has code in seven languages, with the headers of this installation and without the secret', async () => {
    await tab('Verify signature');
    await page.getByRole('radio', { name: 'X-Acme-Signature' }).first().click();
    await page.getByRole('tab', { name: 'Node.js' }).focus();
    for (const language of ['Node.js', 'Python', 'Go', 'Java', 'C#', 'PHP', 'Ruby']) {
      const text = (await code(language).innerText()).toLowerCase();
      expect(text).toContain('x-acme-hook-id');
      expect(text).toContain('webhook_secret');
      expect(text).not.toContain(OWN);
      await page.keyboard.press('ArrowRight');
    }
  });

  it('finds a real alert valid, and a changed one invalid, without sending anything', async () => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const alert = await nextAlert();
    for (const name of ['webhook-id', 'webhook-timestamp', 'webhook-signature'])
      await page.getByLabel(name, { exact: true }).fill(header(alert, name));
    await page.getByLabel('Body', { exact: true }).fill(alert.raw);
    await verdict('incomplete');
    await page.getByLabel('Secret', { exact: true }).fill(OWN);
    await verdict('valid');
    await page.getByLabel('Body', { exact: true }).fill(alert.raw.replace('company1', 'company2'));
    await verdict('invalid');
    await page.getByLabel('Body', { exact: true }).fill(JSON.stringify(alert.body, null, 2));
    await page.getByText('The body was formatted.').waitFor();
    expect(sent.filter((request) => request.includes(OWN))).toEqual([]);
  });

  it('begins with the newest alert, to which the webhook’s secret belongs', async () => {
    await world.go(page, `/w/acme/webhooks/${hook}?tab=verify`);
    await verdict('incomplete');
    await button('Use this webhook’s').click();
    await verdict('valid');
    await page.getByRole('radio', { name: 'X-Acme-Signature' }).last().click();
    await verdict('valid');
  });

  it('needs no mouse, and has nothing for axe to find in either theme', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const who = await world.signedIn(ADMIN, `/w/acme/webhooks/${hook}?tab=verify`, { colorScheme, withAxe: true });
      await who.getByRole('tab', { name: 'Python' }).waitFor();
      expect(await violations(who)).toEqual([]);
      await who.getByRole('tab', { name: 'Verify signature' }).focus();
      await who.keyboard.press('ArrowLeft');
      await fact('Created', who).waitFor();
      expect(await violations(who)).toEqual([]);
      await who.context().close();
    }
  });
});

describe('a webhook of the location dialect', () => {
  it('is signed by the secret of its location, which those who may change workspaces rotate', async () => {
    const { data: acme } = await world.api.get('/workspaces/acme');
    const record = { BusinessId: acme.businessId, Name: 'Bookings', Action: 6, URL: `${world.receiver.url}/bookings` };
    await world.api.post('/api/sys/webhooks', record);
    await world.installation.settled();
    const headers = { Workspace: 'acme' };
    const { data: list } = await world.api.get('/settings/webhooks', { headers, params: { search: 'Bookings' } });
    const path = `/w/acme/webhooks/${list.items[0].id}`;
    await world.go(page, `${path}?tab=configuration`);
    await page.getByText('API clients with workspaces:write').waitFor();
    expect(await button('Rotate the location’s secret…').count()).toBe(0);

    const operator = await world.signedIn(ADMIN, `${path}?tab=configuration`);
    const { data: before } = await world.api.get('/workspaces/acme/secret');
    await operator.getByRole('button', { name: 'Rotate the location’s secret…' }).click();
    await operator.getByRole('dialog').getByRole('button', { name: 'Rotate', exact: true }).click();
    await fact('Old secret', operator).getByText(before.secret).waitFor();
    await operator.getByRole('button', { name: 'Done' }).click();
    await operator.getByText('Two secrets count: 1 day left').waitFor();
    await operator.context().close();
  });

  it('has code for its own header, over the body', async () => {
    await tab('Verify signature');
    await page.getByRole('radio', { name: 'X-Nexudus-Hook-Signature' }).first().click();
    await page.getByRole('region', { name: 'Code in Node.js' }).getByText('x-nexudus-hook-signature').waitFor();
  });
});

it('asks no other host, and breaks no rule of its policy', () => {
  expect(world.problems()).toEqual([]);
});
