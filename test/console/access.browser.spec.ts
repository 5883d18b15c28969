import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook, registerWorkspace } from '../support/api.ts';
import { ADMIN, ConsoleWorld, live, PASSWORD, signIn, webhookRow, type Credentials } from './console-world.ts';

const HOUR = 3_600_000;

describe('who may do what in the console', () => {
  let world: ConsoleWorld;
  let owner: Credentials;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    await registerWorkspace(world.api, 'north', 'acme');
    await registerWorkspace(world.api, 'rival');
    await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Billing sync' });
    owner = await world.user('owner');
  }, 60_000);
  afterAll(() => world.stop());

  const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();
  const account = async (page: Page, action: string) => {
    await page.getByRole('button', { name: /^Account of/ }).click();
    await page.getByRole('menuitem', { name: action, exact: action === 'Sign out' }).click();
  };
  const path = (page: Page) => new URL(page.url()).pathname;

  describe('somebody who signs in', () => {
    it('is told the same of an unknown address as of a wrong password', async () => {
      const page = await world.visit('/sign-in');
      for (const email of [owner.email, 'nobody@customer.example']) {
        await page.getByLabel('E-mail').fill(email);
        await page.getByLabel('Password', { exact: true }).fill('a wrong password');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
      }
      await page.context().close();
    });

    it('comes to the page that they wanted to see', async () => {
      const page = await world.visit('/w/acme/triggers?search=users');
      await heading(page, 'Sign in');
      await signIn(page, owner);
      await heading(page, 'Trigger catalog');
      expect(page.url()).toMatch(/\/w\/acme\/triggers\?search=users$/);
      await page.context().close();
    });

    it('is told after too many attempts how many seconds to wait', async () => {
      const email = 'guessed@customer.example';
      const body = { email, password: 'a wrong password' };
      for (let n = 0; n < 10; n++) await world.installation.anonymous().post('/session', body);
      const page = await world.visit('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('a wrong password');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page
        .getByRole('alert')
        .filter({ hasText: 'Too many attempts' })
        .getByText(/Try again in \d+ s/)
        .waitFor();
      await page.context().close();
    });
  });

  describe('a password', () => {
    it('that is forgotten is set anew by the link of a mail, once', async () => {
      const who = await world.user('viewer');
      const page = await world.visit('/sign-in');
      await page.getByRole('link', { name: 'Forgot your password?' }).click();
      await page.getByLabel('E-mail').fill(who.email);
      await page.getByRole('button', { name: 'Send link' }).click();
      await page.getByRole('status').getByText('Look into your mailbox').waitFor();
      const token = await world.tokenMailedTo(who.email);
      await page.goto(`${world.installation.url}/console/password#${token}`);
      await heading(page, 'Set a new password');
      expect(page.url()).not.toContain(token);
      await page.getByLabel('New password', { exact: true }).fill('another good password');
      await page.getByLabel('The same again', { exact: true }).fill('another good password');
      await page.getByRole('button', { name: 'Set password' }).click();
      await heading(page, 'Webhooks');
      const again = await world.visit(`/password#${token}`);
      await heading(again, 'This link no longer works');
      const old = await world.installation.anonymous().post('/session', who);
      expect(old.status).toBe(401);
      await page.context().close();
      await again.context().close();
    });

    it('and a name are chosen by whoever is invited', async () => {
      const email = 'new.colleague@customer.example';
      await world.api.post('/users', { email, name: 'New Colleague', role: 'webhook-admin', workspaceId: 'acme' });
      const page = await world.visit(`/password#${await world.tokenMailedTo(email)}`);
      await heading(page, 'Welcome to Carillon');
      await page.getByLabel('Name').fill('Noor Colleague');
      await page.getByLabel('New password', { exact: true }).fill('short');
      await page.getByLabel('The same again', { exact: true }).fill('short');
      await page.getByRole('button', { name: 'Set password and sign in' }).click();
      await page
        .getByText(/at least 12/i)
        .first()
        .waitFor();
      await page.getByLabel('New password', { exact: true }).fill(PASSWORD);
      await page.getByLabel('The same again', { exact: true }).fill(PASSWORD);
      await page.getByRole('button', { name: 'Set password and sign in' }).click();
      await heading(page, 'Webhooks');
      await page.getByRole('button', { name: 'Account of Noor Colleague' }).waitFor();
      await page.context().close();
    });
  });

  describe('a session', () => {
    it('that is signed out of leads to the sign-in, and back is no way in', async () => {
      const page = await world.signedIn(owner, '/w/acme/webhooks');
      await account(page, 'Sign out');
      await page.getByRole('status').getByText('You are signed out.').waitFor();
      await page.goto(`${world.installation.url}/console/w/acme/webhooks`);
      await heading(page, 'Sign in');
      await page.context().close();
    });

    it('that is ended in another browser ends here at once', async () => {
      const who = await world.user('owner');
      const [here, there] = [await world.signedIn(who, '/w/acme/activity'), await world.signedIn(who)];
      await live(here);
      await account(there, 'Sign out everywhere');
      await there.getByRole('status').getByText('You are signed out in every browser.').waitFor();
      await heading(here, 'Sign in');
      await here.getByText(/^Your session has ended/).waitFor();
      await signIn(here, who);
      await heading(here, 'Activity log');
      await here.context().close();
      await there.context().close();
    });

    it('that has expired leads to the sign-in, and from there to where one was', async () => {
      const page = await world.signedIn(owner, '/w/acme/webhooks?search=billing');
      await world.pass(8 * 24 * HOUR);
      await heading(page, 'Sign in');
      await page.getByText(/^Your session has ended/).waitFor();
      await signIn(page, owner);
      await page.waitForURL(/\/w\/acme\/webhooks\?search=billing$/);
      await webhookRow(page, 'Billing sync').waitFor();
      await page.context().close();
    });
  });

  describe('a role', () => {
    it('of a viewer shows what there is, and says why the rest is off', async () => {
      const page = await world.signedIn(await world.user('viewer'), '/w/acme/webhooks');
      await webhookRow(page, 'Billing sync').waitFor();
      const create = page.getByRole('button', { name: 'Create webhook' });
      expect(await create.getAttribute('aria-disabled')).toBe('true');
      await create.focus();
      await page
        .getByRole('tooltip')
        .getByText(/viewer/i)
        .waitFor();
      await page.getByRole('button', { name: 'Actions for Billing sync' }).click();
      for (const name of ['Edit', 'Test', 'Disable', 'Remove']) {
        const item = page.getByRole('menuitem', { name });
        expect(await item.getAttribute('aria-disabled')).toBe('true');
        expect(await item.textContent()).toMatch(/viewer/i);
      }
      await page.keyboard.press('Escape');
      expect(await pagesOf(page)).toEqual(['Webhooks', 'Activity log', 'Trigger catalog']);
      await page.context().close();
    });

    it('of a webhook admin has webhooks, and neither users nor clients', async () => {
      const page = await world.signedIn(await world.user('webhook-admin'), '/w/acme/webhooks');
      await page.getByRole('link', { name: 'Create webhook' }).waitFor();
      expect(await pagesOf(page)).toEqual(['Webhooks', 'Activity log', 'Trigger catalog']);
      await world.go(page, '/installation/health');
      await heading(page, 'Webhooks');
      await page.context().close();
    });

    it('of an owner has everything of their workspace', async () => {
      const page = await world.signedIn(owner, '/w/acme/webhooks');
      expect(await pagesOf(page)).toEqual(['Webhooks', 'Activity log', 'Trigger catalog', 'API clients', 'Users']);
      await page.context().close();
    });

    it('of an operator has the installation besides', async () => {
      const page = await world.signedIn(ADMIN);
      expect(await pagesOf(page)).toEqual(expect.arrayContaining(['Versions', 'Health', 'Mail outbox', 'All users']));
      await page.context().close();
    });
  });

  describe('the workspace switcher', () => {
    it('has the workspaces in reach, as a tree and in its search, and no others', async () => {
      const page = await world.signedIn(owner, '/w/acme/webhooks');
      await page.getByRole('button', { name: 'Workspace acme, switch' }).click();
      const dialog = page.getByRole('dialog', { name: /switch/ });
      await dialog.getByRole('row', { name: 'north' }).waitFor();
      expect(await dialog.getByRole('row').count()).toBe(2);
      await dialog.getByLabel('Find a workspace').fill('r');
      await dialog.getByRole('button', { name: /north/ }).waitFor();
      expect(await dialog.getByRole('list', { name: 'Workspaces found' }).getByRole('button').count()).toBe(1);
      await dialog.getByRole('button', { name: /north/ }).click();
      await page.waitForURL(/\/w\/north\/webhooks/);
      await page.getByRole('heading', { name: 'No webhook yet' }).waitFor();
      await world.go(page, '/w/rival/webhooks');
      expect(await page.getByRole('main').textContent()).not.toContain('Billing sync');
      expect(path(page)).toBe('/console/w/rival/webhooks');
      await page.getByRole('heading', { level: 1, name: /workspace/i }).waitFor();
      await page.context().close();
    });

    it('meets no other host on the way', () => expect(world.problems()).toEqual([]));
  });
});

/** What the navigation offers. */
const pagesOf = (page: Page) => page.getByRole('navigation', { name: 'Console' }).getByRole('link').allTextContents();
