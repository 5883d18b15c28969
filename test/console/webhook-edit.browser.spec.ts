import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { NEWEST, release } from '../../libs/modules/webhook-configuration/testing/release.ts';
import { createWebhook, unique, webhookBody } from '../support/api.ts';
import { violations } from './axe.ts';
import { ConsoleWorld } from './console-world.ts';
import { FormPage, NEW } from './form-page.ts';
import { live, ready, webhookRow } from './steps.ts';

const XSS = '<img src=x onerror="document.title=\'owned\'">';
const headers = { Workspace: 'acme' };

let world: ConsoleWorld;
let page: Page;
let form: FormPage;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  page = await world.signedIn(await world.user('webhook-admin'), '/', { withAxe: true });
  form = new FormPage(page);
}, 60_000);
afterAll(() => world.stop());

const view = async (id: string) => (await world.api.get(`/settings/webhooks/${id}`, { headers })).data;
const make = (changes: object = {}) => createWebhook(world.api, 'acme', `${world.receiver.url}/in`, changes);
const edit = (id: string) => world.go(page, `/w/acme/webhooks/${id}/edit`);

describe('what the server refuses', () => {
  it('lands on its field, and can be mended there', async () => {
    await world.go(page, NEW);
    const name = unique('Refused');
    await form.field('Name').fill(name);
    await form.field('Authentication URL').fill(`${world.receiver.url}/refused`);
    await form.secret().fill('supersecuresecret');
    await form.press('Workspace created');
    await form.paste(form.header(1), 'X-Mine: 1');
    // The server is asked for what the form itself would not send.
    await page.route('**/settings/webhooks', async (route) => {
      const body: object = route.request().postDataJSON();
      const bad = {
        url: 'https://ada:pw@example.com/',
        headers: { 'X-Mine': '\u65e5' },
        triggers: ['no-such-trigger'],
      };
      await route.continue({ postData: JSON.stringify({ ...body, ...bad }) });
    });
    await form.button('Create webhook').click();
    await form.focused(form.problems());
    expect(await form.errorOf(form.field('Authentication URL'))).toContain('The URL contains credentials');
    expect(await form.errorOf(form.header(1))).toContain('X-Mine may hold Latin-1');
    await page.getByText('is not a known trigger').first().waitFor();
    expect(await form.problems().getByRole('listitem').count()).toBe(3);

    await page.unroute('**/settings/webhooks');
    await form.field('Authentication URL').fill(`${world.receiver.url}/mended`);
    await form.button('Create webhook').click();
    await form.list();
    await webhookRow(page, name).waitFor();
  });

  it('and is about no field is told above the form, with what was typed still there', async () => {
    const id = await make({ name: unique('Removed meanwhile') });
    await edit(id);
    await form.field('Description').fill('Changed here');
    await page.route('**/changes*', (route) => route.fulfill({ status: 503 }));
    await world.api.delete(`/settings/webhooks/${id}`, { headers });
    await form.button('Save changes').click();
    await form.focused(page.getByRole('group', { name: 'It could not be saved' }));
    expect(await form.field('Description').inputValue()).toBe('Changed here');
    await page.unroute('**/changes*');
  });
});

describe('editing a webhook', () => {
  it('keeps the stored secret and what was not touched', async () => {
    const before = await make({ name: unique('Kept'), delivery: { concurrency: 3, schedule: [0, 30, 300] } }).then(
      view,
    );
    await edit(before.id);
    await form.secret().waitFor({ state: 'detached' });
    await form.button('Show secret').click();
    await page.getByText(before.secret, { exact: true }).waitFor();
    await form.field('Description').fill('Only this');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.getByRole('heading', { level: 1, name: before.name }).waitFor();
    const { updated: _, ...after } = await view(before.id);
    expect({ ...before, ...after, description: before.description }).toEqual({ ...before });
    expect(after.description).toBe('Only this');
  });

  it('replaces the secret when that is asked for, and offers the overlap', async () => {
    const id = await make({ name: unique('Rotated') });
    await edit(id);
    await form.button('Replace secret').click();
    await page.getByText('It replaces the stored secret as soon as it is saved.').waitFor();
    expect(await page.getByRole('link', { name: 'Rotate with overlap' }).getAttribute('href')).toContain(
      `${id}?tab=configuration`,
    );
    await page.getByLabel('New Authentication Secret').fill('quite-another-secret');
    await form.button('Save changes').click();
    await page.getByRole('heading', { level: 1, name: /^Rotated/ }).waitFor();
    expect(await view(id)).toMatchObject({ secret: 'quite-another-secret', previousSecretUntil: null });
  });

  it('tells live what somebody else changed, and takes theirs', async () => {
    const id = await make({ name: unique('Contested') });
    await edit(id);
    await live(page);
    await form.field('Description').fill('Mine');
    await world.api.put(`/settings/webhooks/${id}`, webhookBody(`${world.receiver.url}/theirs`, { name: 'Theirs' }), {
      headers,
    });
    await form.conflict().getByText('→ Theirs').waitFor();
    expect(await form.field('Description').inputValue()).toBe('Mine');
    expect(await violations(page)).toEqual([]);
    await form.conflict().getByRole('button', { name: 'Take theirs' }).click();
    await form.conflict().waitFor({ state: 'detached' });
    expect(await form.field('Name').inputValue()).toBe('Theirs');
    expect(await form.field('Description').inputValue()).toBe('Used for updating QuickBooks');
  });

  it('is refused when it was changed unnoticed, and can be saved over it', async () => {
    const id = await make({ name: unique('Overtaken') });
    await page.route('**/changes*', (route) => route.fulfill({ status: 503 }));
    await edit(id);
    await form.field('Description').fill('Mine');
    await world.api.put(`/settings/webhooks/${id}`, webhookBody(`${world.receiver.url}/in`, { name: 'Theirs' }), {
      headers,
    });
    await form.button('Save changes').click();
    await form.focused(form.conflict());
    expect((await view(id)).description).toBe('Used for updating QuickBooks');
    await form.conflict().getByRole('button', { name: 'Save mine over it' }).click();
    await page.getByRole('heading', { level: 1, name: /^Overtaken/ }).waitFor();
    expect(await view(id)).toMatchObject({ description: 'Mine', name: expect.stringMatching(/^Overtaken/) });
    await page.unroute('**/changes*');
  });

  it('is saved in spite of a test that was sent meanwhile', async () => {
    const id = await make({ name: unique('Tested meanwhile') });
    await page.route('**/changes*', (route) => route.fulfill({ status: 503 }));
    await edit(id);
    await form.field('Description').fill('Mine');
    await world.api.post(`/settings/webhooks/${id}/test`, undefined, { headers });
    await form.button('Save changes').click();
    await page.getByRole('heading', { level: 1, name: /^Tested meanwhile/ }).waitFor();
    expect((await view(id)).description).toBe('Mine');
    await page.unroute('**/changes*');
  });

  it('sends a test of what is saved', async () => {
    const id = await make({ name: unique('Tested') });
    await edit(id);
    await form.button('Send test').click();
    await form.testIsDelivered(page);
    await form.field('Description').fill('Not saved yet');
    expect(await form.button('Send test').getAttribute('aria-disabled')).toBe('true');
  });

  it('shows the text of others as text', async () => {
    const id = await make({ name: XSS, description: XSS, headers: { 'X-Text': XSS } });
    await edit(id);
    await page.getByRole('heading', { level: 1, name: `Edit ${XSS}` }).waitFor();
    expect(await form.field('Description').inputValue()).toBe(XSS);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await page.title()).toContain(`Edit ${XSS}`);
  });
});

describe('editing a draft', () => {
  it('leaves the webhook as it is, and leads to the comparison', async () => {
    const id = await make({ name: unique('Drafted') });
    await release(world.api);
    const before = await view(id);
    await world.go(page, `/w/acme/webhooks/${id}/draft/edit`);
    await page.getByText('There is no draft yet').waitFor();
    expect(await page.getByRole('radio', { name: NEWEST }).isChecked()).toBe(true);
    expect(await form.checkbox('Enabled').count()).toBe(0);
    await form.field('Authentication URL').fill(`${world.receiver.url}/next`);
    await form.button('Save draft').click();
    await page.waitForURL(/tab=draft$/);
    await ready(page);
    const { data: draft } = await world.api.get(`/settings/webhooks/${id}/draft`, { headers });
    expect(draft).toMatchObject({ version: NEWEST, changes: { url: `${world.receiver.url}/next` } });
    expect(Object.keys(draft.changes)).toEqual(['url']);
    expect({ ...(await view(id)), hasDraft: false }).toMatchObject({ url: before.url, version: before.version });
  });

  it('keeps the secret that the draft has', async () => {
    const id = await make({ name: unique('Secretly drafted') });
    await world.api.put(`/settings/webhooks/${id}/draft`, { secret: 'secret-of-the-draft' }, { headers });
    await world.go(page, `/w/acme/webhooks/${id}/draft/edit`);
    await form.field('Description').fill('Changed in the draft');
    await form.button('Save draft').click();
    await page.waitForURL(/tab=draft$/);
    const { data: draft } = await world.api.get(`/settings/webhooks/${id}/draft`, { headers });
    expect(draft.changes).toEqual({ description: 'Changed in the draft', secret: 'secret-of-the-draft' });
  });
});

describe('a webhook of the location API', () => {
  it('has no secret to be edited, and can be saved', async () => {
    const { data: workspace } = await world.api.get('/workspaces/acme');
    const made = { BusinessId: workspace.businessId, Name: 'Doors', Action: 6, URL: `${world.receiver.url}/doors` };
    await world.api.post('/api/sys/webhooks', made);
    const { data } = await world.api.get('/settings/webhooks?search=Doors', { headers });
    await edit(data.items[0].id);
    await page.getByText('This webhook has no secret of its own').waitFor();
    expect(await form.button('Replace secret').count()).toBe(0);
    expect(await form.checkbox('Booking created').isChecked()).toBe(true);
    await form.field('Description').fill('Opens doors');
    await form.button('Save changes').click();
    await page.getByRole('heading', { level: 1, name: 'Doors' }).waitFor();
    expect(await view(data.items[0].id)).toMatchObject({
      description: 'Opens doors',
      secret: null,
      dialect: 'location',
    });
  });
});

describe('a viewer', () => {
  it('is told who may do this, and led back', async () => {
    const id = await make({ name: unique('Not theirs') });
    const viewer = await world.signedIn(await world.user('viewer'), NEW, { withAxe: true });
    for (const path of [NEW, `/w/acme/webhooks/${id}/edit`, `/w/acme/webhooks/${id}/draft/edit`]) {
      await world.go(viewer, path);
      await viewer.getByText('Your role is viewer.').waitFor();
      expect(await viewer.locator('main form').count()).toBe(0);
    }
    expect(await violations(viewer)).toEqual([]);
    await viewer.getByRole('link', { name: 'Go to the webhooks' }).click();
    await viewer.getByRole('heading', { level: 1, name: 'Webhooks', exact: true }).waitFor();
  });
});

it('asks no other host, and does nothing that its policy refuses', () => {
  expect(world.problems()).toEqual([]);
});
