import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { ADMIN, choose, ConsoleWorld, PASSWORD, type Credentials } from './console-world.ts';
import { story } from './story.ts';

/** Would be seen as an image if it were ever taken for markup, and the policy of the page would complain. */
const HOSTILE = '<img src=x onerror=alert(1)>';

const rowOf = (page: Page, name: string) =>
  page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) });
const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name, exact: true }).waitFor();
const images = (page: Page) => page.locator('img').count();

let world: ConsoleWorld;
let owner: Credentials;
let viewer: Credentials;
beforeAll(async () => {
  world = await ConsoleWorld.start();
  owner = await world.user('owner', 'acme', 'Ana Brandt');
  viewer = await world.user('viewer', 'acme', 'Bo Chen');
}, 60_000);
afterAll(async () => {
  const problems = world.problems();
  await world.stop();
  expect(problems).toEqual([]);
});

describe('the users of a workspace', () => {
  const step = story();
  const email = 'ivo@customer.example';
  let page: Page;

  step('are those who were invited, with what their role is', async () => {
    page = await world.signedIn(owner, '/w/acme/users');
    await rowOf(page, 'Bo Chen').getByRole('cell', { name: 'Viewer', exact: true }).waitFor();
    await rowOf(page, 'Ana Brandt You').getByRole('cell', { name: 'Owner', exact: true }).waitFor();
  });

  step('cannot be invited without an address, which takes the focus', async () => {
    await page.getByRole('button', { name: 'Invite user' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite user' });
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByText('Enter an e-mail address').waitFor();
    await dialog.locator('input[type=email]:focus').waitFor();
    await dialog.getByLabel('E-mail').fill(viewer.email);
    await dialog.getByLabel('Name').fill(HOSTILE);
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await dialog.getByText('This e-mail address belongs to another user.').waitFor();
  });

  step('are not given more than the one who invites has', async () => {
    const dialog = page.getByRole('dialog', { name: 'Invite user' });
    expect(await dialog.getByRole('radio').count()).toBe(3);
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByRole('radio', { name: /^Webhook admin/ }).press('Space');
    await dialog.getByRole('button', { name: 'Invite' }).click();
    await rowOf(page, HOSTILE).getByText('Invited').waitFor();
    expect(await images(page)).toBe(0);
  });

  step('choose a password by the link of the mail, and are signed in', async () => {
    const token = await world.tokenMailedTo(email);
    const invited = await world.visit(`/password#${token}`);
    await invited.getByLabel('New password', { exact: true }).fill(PASSWORD);
    await invited.getByLabel('The same again', { exact: true }).fill(PASSWORD);
    await invited.getByRole('button', { name: 'Set password and sign in' }).click();
    await heading(invited, 'Webhooks');
    expect(await invited.getByRole('link', { name: 'Users' }).count()).toBe(0);
    await invited.context().close();
    const again = await world.signedIn({ email, password: PASSWORD });
    await heading(again, 'Webhooks');
    await again.context().close();
  });

  step('are changed by those above them', async () => {
    await rowOf(page, HOSTILE).getByText('Active').waitFor();
    await choose(page, HOSTILE, 'Change name or role');
    const dialog = page.getByRole('dialog', { name: `Change ${HOSTILE}` });
    await dialog.getByLabel('Name').fill('Ivo');
    await dialog.getByRole('radio', { name: /^Viewer/ }).press('Space');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await rowOf(page, 'Ivo').getByRole('cell', { name: 'Viewer', exact: true }).waitFor();
  });

  step('do not remove themselves, and are told so', async () => {
    await page.getByRole('button', { name: 'Actions for Ana Brandt' }).click();
    const remove = page.getByRole('menuitem', { name: 'Remove' });
    expect(await remove.getAttribute('aria-disabled')).toBe('true');
    await remove.getByText('Nobody removes themselves').waitFor();
    await page.keyboard.press('Escape');
  });

  step('are removed after a question, and cannot sign in any more', async () => {
    await choose(page, 'Ivo', 'Remove');
    const question = page.getByRole('alertdialog', { name: 'Remove Ivo?' });
    await question.getByRole('button', { name: 'Keep' }).press('Enter');
    await question.waitFor({ state: 'detached' });
    await choose(page, 'Ivo', 'Remove');
    await question.getByRole('button', { name: 'Remove' }).click();
    await rowOf(page, 'Ivo').waitFor({ state: 'detached' });
    await page.context().close();
    const refused = await world.visit('/sign-in');
    await refused.getByLabel('E-mail').fill(email);
    await refused.getByLabel('Password', { exact: true }).fill(PASSWORD);
    await refused.getByRole('button', { name: 'Sign in' }).click();
    await refused.getByRole('alert').getByText('E-mail or password is not right.').waitFor();
    await refused.context().close();
  });
});

describe('a viewer', () => {
  it('has no page of users or API clients, and is told why at their URLs', async () => {
    const page = await world.signedIn(viewer, '/w/acme/users');
    await page.getByRole('heading', { name: 'You cannot see the users' }).waitFor();
    await page.getByText('Your role is viewer.').waitFor();
    await world.go(page, '/w/acme/api-clients');
    await page.getByRole('heading', { name: 'You cannot see the API clients' }).waitFor();
    const pages = page.getByRole('navigation', { name: 'Console' }).getByRole('link');
    expect(await pages.allInnerTexts()).toEqual(['Webhooks', 'Activity log', 'Trigger catalog']);
    await page.context().close();
  });
});

describe('a console link', () => {
  it('is made by operators, shown once, and lets one person in', async () => {
    const page = await world.signedIn(ADMIN, '/w/acme/users');
    await page.getByRole('button', { name: 'Console link' }).click();
    const dialog = page.getByRole('dialog', { name: 'Console link' });
    await dialog.getByLabel('Label').fill(HOSTILE);
    await dialog.getByLabel('Embed in').fill('https://portal.example/page');
    await dialog.getByRole('button', { name: 'Make link' }).click();
    await dialog.getByText('Enter the origin alone: https://portal.example.').waitFor();
    await dialog.getByLabel('Embed in').fill('');
    await dialog.getByRole('button', { name: 'Make link' }).click();
    const shown = page.getByRole('dialog', { name: 'The console link' });
    const url = await shown.getByRole('region', { name: 'Console link' }).innerText();
    await page.keyboard.press('Escape');
    await shown.getByRole('button', { name: 'I have copied it' }).click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.getByText(url).count()).toBe(0);

    const guest = await world.visit(new URL(url).pathname.replace('/console', '') + new URL(url).hash);
    await heading(guest, 'Webhooks');
    await world.go(guest, '/w/acme/activity');
    await guest.getByText(`The console link "${HOSTILE}" was opened.`).waitFor();
    expect(await images(guest)).toBe(0);
    await guest.context().close();
    await page.context().close();
  });
});

describe('an API client', () => {
  const step = story();
  let page: Page;
  let clientId: string;
  let secret: string;
  const secretDialog = () => page.getByRole('dialog', { name: `Secret of ${HOSTILE}` });
  const readSecret = async (): Promise<string> => {
    const text = await secretDialog().getByTestId('client-secret').innerText();
    clientId = await secretDialog().getByTestId('client-id').innerText();
    return text;
  };
  const stored = async (): Promise<void> => {
    await secretDialog().getByRole('button', { name: 'I have stored it' }).click();
    await secretDialog().waitFor({ state: 'detached' });
  };
  const getsToken = async (): Promise<boolean> => {
    const body = { client_id: clientId, client_secret: secret, audience: '', grant_type: 'client_credentials' };
    return (await world.installation.anonymous().post('/oauth/token', body)).status === 200;
  };

  step('is issued with what its issuer may do, by the keyboard alone', async () => {
    page = await world.signedIn(owner, '/w/acme/api-clients');
    await page.getByRole('heading', { name: 'No API client yet' }).waitFor();
    await page.getByRole('button', { name: 'Issue API client' }).press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Issue API client' });
    await page.keyboard.type(HOSTILE);
    await page.keyboard.press('Enter');
    await dialog.getByText('Choose at least one.').waitFor();
    expect(await dialog.getByRole('checkbox', { name: /Publish events/ }).count()).toBe(0);
    await dialog.getByRole('checkbox', { name: /^See webhooks/ }).press('Space');
    await dialog.getByRole('button', { name: 'Issue' }).press('Enter');
  });

  step('shows its secret once, until its button is pressed', async () => {
    secret = await readSecret();
    await page.keyboard.press('Escape');
    expect(await secretDialog().getByText('curl -X POST').innerText()).toContain(secret);
    await stored();
    expect(await page.content()).not.toContain(secret);
    await rowOf(page, HOSTILE).getByText('Active').waitFor();
    expect(await images(page)).toBe(0);
  });

  step('may do what was ticked', async () => {
    const client = await world.installation.as(clientId, secret, 'acme');
    expect((await client.get('/settings/webhooks')).status).toBe(200);
    expect((await client.get('/users')).status).toBe(403);
  });

  step('gets another secret, and the old one ends at once', async () => {
    await choose(page, HOSTILE, 'Rotate secret');
    const question = page.getByRole('alertdialog', { name: `Rotate the secret of ${HOSTILE}?` });
    await question.getByText('The old secret ends at once').waitFor();
    await question.getByRole('button', { name: 'Rotate' }).click();
    const next = await readSecret();
    expect(await getsToken()).toBe(false);
    secret = next;
    expect(await getsToken()).toBe(true);
    await stored();
  });

  step('is revoked for good after a question', async () => {
    await choose(page, HOSTILE, 'Revoke');
    await page.getByRole('alertdialog').getByRole('button', { name: 'Revoke' }).click();
    await rowOf(page, HOSTILE).getByText('Revoked').waitFor();
    expect(await getsToken()).toBe(false);
    await page.getByRole('button', { name: `Actions for ${HOSTILE}` }).click();
    const revoke = page.getByRole('menuitem', { name: /^Revoke/ });
    expect(await revoke.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
  });

  step('is found by whether it is revoked', async () => {
    await page.getByRole('button', { name: 'Status', exact: true }).click();
    await page.getByRole('menuitemradio', { name: 'Active' }).click();
    await page.getByRole('heading', { name: 'No API client matches' }).waitFor();
    expect(page.url()).toMatch(/\?status=active$/);
    await page.context().close();
  });
});
