import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page, Route } from 'playwright-core';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { createWebhook, SECRET } from '../support/api.ts';
import { violations } from './axe.ts';
import { ADMIN, ConsoleWorld } from './console-world.ts';

const SECOND = releases[0]!;
const TRIGGER = 'protected-users-count-updated';
const route = '/settings/webhooks';
const headers = { Workspace: 'acme' };

let world: ConsoleWorld;
let page: Page;
let hook: string;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  hook = await createWebhook(world.api, 'acme', `${world.receiver.url}/in`, {
    name: 'Usage meter',
    triggers: ['workspace-created', TRIGGER],
  });
  await world.api.post('/versions', SECOND);
  await world.installation.settled();
  page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${hook}?tab=draft`);
}, 60_000);
afterAll(() => world.stop());

const button = (name: string) => page.getByRole('button', { name, exact: true });
const webhook = async () => (await world.api.get(`${route}/${hook}`, { headers })).data;
const change = (body: object) => world.api.put(`${route}/${hook}/draft`, body, { headers });
const setting = (field: string) => page.locator(`[data-testid=setting-row][data-id=${field}]`);
const lines = (kind: string) => page.locator(`[data-testid=diff-line][data-kind=${kind}]`);
const noDraft = () => page.getByRole('heading', { name: 'No draft' }).waitFor();
const shown = () => page.getByRole('heading', { name: `Draft of Usage meter on version ${SECOND.name}` }).waitFor();

describe('the draft of a webhook', () => {
  it('is not there until somebody creates it, on the newest version', async () => {
    await noDraft();
    await button(`Create a draft on ${SECOND.name}`).click();
    await shown();
    await page.getByText('Nothing changes until you publish it.').waitFor();
    expect(await webhook()).toMatchObject({ version: FIRST_VERSION, hasDraft: true });
  });

  it('shows what changes beside what stays, and no secret', async () => {
    await change({
      url: `${world.receiver.url}/new`,
      secret: 'another-secret',
      headers: { Authorization: 'Bearer 2' },
    });
    await setting('url').and(page.locator('[data-state=changed]')).waitFor();
    await setting('url').getByText(`${world.receiver.url}/new`).waitFor();
    await setting('version').getByText(FIRST_VERSION).waitFor();
    await setting('headers').getByText('(another value)').waitFor();
    await setting('triggers').getByText('= same').waitFor();
    const text = await page.locator('main').innerText();
    for (const secret of [SECRET, 'another-secret', 'Bearer']) expect(text).not.toContain(secret);
  });

  it('shows how payloads change, in one column and in two, line by line', async () => {
    const select = page.getByRole('button', { name: /Example payload of/ });
    await select.click();
    await page.getByRole('option', { name: new RegExp(TRIGGER) }).click();
    await lines('removed').filter({ hasText: '"count": "26"' }).waitFor();
    await lines('added').filter({ hasText: '"count": 26' }).waitFor();
    expect(await lines('removed').first().textContent()).toContain('removed: ');
    const counts = async () => [await lines('removed').count(), await lines('added').count()];
    const inTwo = await counts();
    await page.getByRole('radio', { name: 'Unified' }).click();
    expect(await counts()).toEqual(inTwo);
  });

  it('is gone through change by change with the keyboard', async () => {
    await button('Next change').focus();
    await page.keyboard.press('Enter');
    await page.getByText('Change 1 of 1', { exact: true }).first().waitFor();
    expect(await page.evaluate('document.activeElement.dataset.change')).toBe('0');
  });

  it('is tested where it would go, in its version', async () => {
    await button('Send test of the draft').click();
    await page.locator('[data-testid=test-line][data-state=delivered]').waitFor();
    const alert = world.receiver.alerts.at(-1);
    expect([alert?.path, alert?.headers['x-coro-hook-version']]).toEqual(['/new', SECOND.name]);
    expect(await webhook()).toMatchObject({ version: FIRST_VERSION, url: `${world.receiver.url}/in` });
  });

  it('has nothing for axe to find, also while it is asked about', async () => {
    const path = `/w/acme/webhooks/${hook}?tab=draft`;
    for (const colorScheme of ['light', 'dark'] as const) {
      const who = await world.signedIn(ADMIN, path, { colorScheme, withAxe: true });
      await who.getByRole('button', { name: 'Publish…' }).waitFor();
      expect(await violations(who)).toEqual([]);
      await who.getByRole('button', { name: 'Publish…' }).click();
      await who.getByRole('alertdialog').waitFor();
      expect(await violations(who)).toEqual([]);
      await who.context().close();
    }
  });

  it('is neither tested nor published by a viewer, who is told why', async () => {
    const who = await world.signedIn(await world.user('viewer'), `/w/acme/webhooks/${hook}?tab=draft`);
    for (const name of ['Publish…', 'Discard…', 'Send test of the draft', 'Edit the draft'])
      expect(await who.getByRole('button', { name }).getAttribute('aria-disabled')).toBe('true');
    await who.context().close();
  });

  it('changed elsewhere meanwhile is not published unseen', async () => {
    const meanwhile = async (asked: Route): Promise<void> => {
      await change({ url: `${world.receiver.url}/newer` });
      await asked.continue();
    };
    await page.route('**/draft/publish', meanwhile, { times: 1 });
    await button('Publish…').click();
    const question = page.getByRole('alertdialog', { name: 'Publish the draft of Usage meter?' });
    await question
      .getByRole('listitem')
      .filter({ hasText: `${FIRST_VERSION} → ${SECOND.name}` })
      .waitFor();
    await question.getByRole('button', { name: 'Publish' }).click();
    await question.getByRole('alert').waitFor();
    expect(await webhook()).toMatchObject({ version: FIRST_VERSION });
    await question.getByRole('button', { name: 'Not yet' }).click();
    await setting('url').getByText(`${world.receiver.url}/newer`).waitFor();
  });

  it('becomes the webhook once it is published', async () => {
    await button('Publish…').click();
    await page.getByRole('alertdialog').getByRole('button', { name: 'Publish' }).click();
    await noDraft();
    expect(await webhook()).toMatchObject({
      version: SECOND.name,
      url: `${world.receiver.url}/newer`,
      hasDraft: false,
    });
  });

  it('enables a webhook that is off, if that is asked for as well', async () => {
    await world.api.post(`${route}/${hook}/disable`, undefined, { headers });
    await change({ name: 'Usage meter 2' });
    await button('Publish…').click();
    const question = page.getByRole('alertdialog');
    const box = question.getByRole('checkbox', { name: 'Enable it afterwards' });
    expect(await box.isChecked()).toBe(false);
    await box.focus();
    await page.keyboard.press('Space');
    await question.getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Usage meter 2 is enabled').waitFor();
    expect(await webhook()).toMatchObject({ name: 'Usage meter 2', status: 'enabled' });
  });

  it('is lost when it is discarded, and nothing else is', async () => {
    const before = await webhook();
    await button(`Create a draft on ${SECOND.name}`).click();
    await button('Discard…').click();
    const question = page.getByRole('alertdialog', { name: /^Discard the draft of/ });
    await question.getByRole('button', { name: 'Discard' }).click();
    await noDraft();
    expect(await webhook()).toEqual(before);
  });
});

it('asks no other host, and breaks no rule of its policy', () => {
  expect(world.problems()).toEqual([]);
});
