import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook, webhookBody } from '../support/api.ts';
import { ADMIN, ConsoleWorld, live, ready, signIn, type Credentials } from './console-world.ts';
import { violations } from './axe.ts';
import { story } from './story.ts';

/** Would be seen as an image if it were ever taken for markup, and the policy of the page would complain. */
const HOSTILE = '<img src=x onerror=alert(1)>';

let world: ConsoleWorld;
let owner: Credentials;
let viewer: Credentials;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  owner = await world.user('owner', 'acme', 'Ana Brandt');
  viewer = await world.user('viewer', 'acme', 'Bo Chen');
  const issued = await world.api.post<{ clientId: string }>('/api-clients', {
    name: HOSTILE,
    workspaceId: 'acme',
    scopes: ['webhooks:read'],
  });
  await world.api.delete(`/api-clients/${issued.data.clientId}`);
}, 60_000);
afterAll(async () => {
  const problems = world.problems();
  await world.stop();
  expect(problems).toEqual([]);
});

describe('the activity log', () => {
  const step = story();
  let page: Page;
  const rows = () => page.getByTestId('activity-row');

  step('tells who did what, newest first, with names as text', async () => {
    const id = await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Billing sync' });
    const changed = webhookBody(world.receiver.url, {
      name: 'Billing sync',
      triggers: ['workspace-created', 'booking-create'],
    });
    await world.api.put(`/settings/webhooks/${id}`, changed, { headers: { Workspace: 'acme' } });
    page = await world.signedIn(owner, '/w/acme/activity');
    await rows().first().getByRole('link', { name: '“Billing sync”' }).waitFor();
    await page.getByRole('rowheader', { name: `API client “${HOSTILE}” was revoked.` }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  step('shows what was before and what is now', async () => {
    await page.getByRole('button', { name: 'Details of webhook changed' }).click();
    const lines = page.getByTestId('diff-line');
    await lines.nth(1).waitFor();
    expect(await lines.allTextContents()).toEqual(['−Before: subscription-updated', '+Now: booking-create']);
    expect(page.url()).toContain('open=');
  });

  step('collects what happens meanwhile, and moves nothing', async () => {
    await live(page);
    const before = await rows().count();
    await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Usage meter' });
    const show = page.getByRole('button', { name: '1 new entry – show' });
    await show.waitFor();
    expect(await rows().count()).toBe(before);
    await show.click();
    await rows().first().getByRole('link', { name: '“Usage meter”' }).waitFor();
    expect(await rows().count()).toBe(before + 1);
  });

  step('is filtered by several kinds at once, in the URL', async () => {
    await page.getByRole('button', { name: 'What', exact: true }).click();
    await page.getByPlaceholder('Find').fill('API client');
    await page.getByRole('menuitemcheckbox', { name: 'API client issued' }).click();
    await page.getByRole('menuitemcheckbox', { name: 'API client revoked' }).click();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'What: 2' }).waitFor();
    await rows().nth(2).waitFor({ state: 'detached' });
    expect(await rows().count()).toBe(2);
    expect(new URL(page.url()).searchParams.get('kind')).toBe('api-client-issued,api-client-revoked');
    await page.reload();
    await ready(page);
    expect(await rows().count()).toBe(2);
  });

  step('is saved as a file with what the filters let through', async () => {
    const save = async (format: string): Promise<{ name: string; text: string }> => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: new RegExp(`^${format}`) }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const lines = await save('NDJSON');
    expect(lines.name).toBe('activity-2026-11-02.ndjson');
    const entries = lines.text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; workspaceId: string });
    expect(entries.map(({ kind, workspaceId }) => `${kind} ${workspaceId}`)).toEqual([
      'api-client-revoked acme',
      'api-client-issued acme',
    ]);
    const table = await save('CSV');
    expect(table.name).toBe('activity-2026-11-02.csv');
    expect(table.text.trim().split('\r\n')).toHaveLength(3);
  });

  step('offers a wider period where nothing happened in one', async () => {
    await world.go(page, '/w/acme/activity?to=2020-01-01T00:00:00Z');
    await page.getByRole('heading', { name: 'Nothing in this period' }).waitFor();
    await page.getByRole('button', { name: 'Show any time' }).click();
    await rows().first().waitFor();
    await page.getByLabel('Search in what happened').fill('no such thing');
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor();
    await page.getByRole('button', { name: 'Clear all filters' }).click();
    await rows().first().waitFor();
    await page.context().close();
  });

  it('tells a viewer, too', async () => {
    const looking = await world.signedIn(viewer, '/w/acme/activity');
    await looking.getByTestId('activity-row').first().waitFor();
    await looking.context().close();
  });
});

describe('the trigger catalog', () => {
  const step = story();
  let page: Page;

  step('is walked with the arrows, and found by typing', async () => {
    page = await world.signedIn(owner, '/w/acme/triggers');
    await page.keyboard.press('/');
    await page.keyboard.type('protected users');
    await page.getByText('4 triggers match').waitFor();
    const list = page.getByRole('listbox', { name: 'Triggers' });
    await list.getByRole('option').first().focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 2, name: 'Protected users added' }).waitFor();
    expect(new URL(page.url()).searchParams.get('open')).toBe('protected-users-added');
  });

  step('shows an example and the schema as a tree', async () => {
    await page
      .getByRole('region', { name: 'Example of the data' })
      .getByText('"email": "ada@company1.example"')
      .waitFor();
    await page.getByRole('tab', { name: 'Schema' }).click();
    const tree = page.getByRole('treegrid', { name: 'Schema of Protected users added' });
    await tree.getByRole('row', { name: 'email' }).getByText('required').waitFor();
    await tree.getByRole('row', { name: 'users' }).focus();
    await page.keyboard.press('ArrowLeft');
    await tree.getByRole('row', { name: 'email' }).waitFor({ state: 'detached' });
  });

  step('names the webhooks that listen, and makes another', async () => {
    await world.go(page, '/w/acme/triggers?open=workspace-created&view=webhooks');
    const listening = page.getByRole('list', { name: 'Webhooks that listen' });
    expect(await listening.getByRole('link').allInnerTexts()).toEqual(['Billing sync', 'Usage meter']);
    const create = page.getByRole('link', { name: 'Create a webhook with it' });
    expect(await create.getAttribute('href')).toBe('/console/w/acme/webhooks/new?trigger=workspace-created');
    await page.context().close();
  });

  it('tells a viewer why they create nothing', async () => {
    const looking = await world.signedIn(viewer, '/w/acme/triggers?open=workspace-created');
    const create = looking.getByRole('button', { name: 'Create a webhook with it' });
    await create.focus();
    await looking.getByRole('tooltip', { name: 'Your role is viewer.' }).waitFor();
    await looking.context().close();
  });
});

describe.each(['light', 'dark'] as const)('these pages, %s,', (colorScheme) => {
  it('have nothing that axe objects to', async () => {
    const page = await world.visit('/sign-in', { colorScheme, withAxe: true });
    await signIn(page, ADMIN);
    const found: Record<string, string[]> = {};
    const look = async (state: string): Promise<void> => {
      found[state] = await violations(page);
    };
    await world.go(page, '/w/acme/activity');
    await page.getByRole('button', { name: 'Details of webhook changed' }).first().click();
    await page.getByTestId('diff-line').first().waitFor();
    await look('activity');
    await page.getByRole('button', { name: 'What', exact: true }).click();
    await page.getByRole('menuitemcheckbox').first().waitFor();
    await look('activity, menu');
    await world.go(page, '/w/acme/triggers?open=protected-users-added&view=schema');
    await page.getByRole('treegrid').waitFor();
    await look('triggers');
    await world.go(page, '/w/acme/api-clients');
    await page.getByRole('button', { name: `Details of ${HOSTILE}` }).click();
    await look('clients');
    await page.getByRole('button', { name: 'Issue API client' }).click();
    await page.getByRole('button', { name: 'Issue', exact: true }).click();
    await page.getByText('Choose at least one.').waitFor();
    await look('clients, refused');
    await world.go(page, '/installation/users');
    await page.getByRole('button', { name: 'Actions for Bo Chen' }).click();
    await page.getByRole('menuitem', { name: 'Remove' }).waitFor();
    await look('users, menu');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Invite user' }).click();
    await page.getByRole('button', { name: 'Invite', exact: true }).click();
    await page.getByText('Enter a name.').waitFor();
    await look('users, refused');
    await page.context().close();
    expect(Object.entries(found).filter(([, problems]) => problems.length > 0)).toEqual([]);
  });
});
