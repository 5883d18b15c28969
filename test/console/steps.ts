import type { Locator, Page } from 'playwright-core';

export type Credentials = { readonly email: string; readonly password: string };

/** What the page needs has been read. */
export async function ready(page: Page): Promise<void> {
  await page.locator('html[data-ready]').waitFor({ state: 'attached' });
  await page.locator('main:not([aria-busy="true"])').waitFor({ state: 'attached' });
}

/** On the page for it, which is left then. */
export async function signIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.locator('main#main').waitFor();
}

/** The stream of changes is open: from here on nothing is missed. */
export const live = (page: Page): Promise<void> =>
  page.locator('[data-testid=live-state][data-state=open]').waitFor({ state: 'attached' });

/** Of the list of webhooks. */
export const webhookRow = (page: Page, name: string): Locator =>
  page.getByTestId('webhook-row').filter({ has: page.getByRole('rowheader', { name }) });

/** From the three-dot menu of a webhook in the list. */
export async function choose(page: Page, name: string, action: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${name}` }).click();
  await page.getByRole('menuitem', { name: action }).click();
}
