import type { Locator, Page } from 'playwright-core';

export const NEW = '/w/acme/webhooks/new';

/** The form of a webhook, by the names of its fields. */
export class FormPage {
  constructor(readonly page: Page) {}

  field = (name: string): Locator => this.page.getByRole('textbox', { name, exact: true });
  button = (name: string): Locator => this.page.getByRole('button', { name, exact: true });
  checkbox = (name: string): Locator => this.page.getByRole('checkbox', { name, exact: true });
  secret = (): Locator => this.page.getByLabel('Authentication Secret', { exact: true });
  header = (row: number): Locator =>
    this.page.getByRole('group', { name: `Header ${row}`, exact: true }).getByRole('textbox', { name: 'Header' });
  value = (row: number): Locator =>
    this.page.getByRole('group', { name: `Header ${row}`, exact: true }).getByLabel('Value', { exact: true });
  filter = (): Locator => this.page.getByRole('searchbox', { name: 'Filter triggers' });
  summary = (): Locator => this.page.getByRole('complementary', { name: 'Summary' });
  /** What is wrong with the form as a whole. */
  problems = (): Locator => this.page.getByRole('group', { name: /needs? attention$/ });
  conflict = (): Locator => this.page.getByRole('group', { name: 'Changed elsewhere' });
  list = (): Promise<void> => this.page.getByRole('heading', { level: 1, name: 'Webhooks', exact: true }).waitFor();
  testIsDelivered = (within: Locator | Page): Promise<void> =>
    within.getByTestId('test-line').and(this.page.locator('[data-state=delivered]')).waitFor();
  focused = (what: Locator): Promise<void> => what.and(this.page.locator(':focus')).waitFor();

  /** The box itself is drawn: its words are what is pressed. */
  press = (words: string): Promise<void> => this.page.getByText(words, { exact: true }).click();

  async errorOf(what: Locator): Promise<string> {
    const ids = ((await what.getAttribute('aria-describedby')) ?? '').split(' ').filter(Boolean);
    return (await Promise.all(ids.map((id) => this.page.locator(`[id="${id}"]`).textContent()))).join(' ');
  }

  /** By Tab alone, as far as that goes. */
  async tabTo(target: Locator): Promise<void> {
    for (let tries = 0; tries < 120; tries += 1) {
      if ((await target.count()) === 1 && (await target.evaluate((node) => node === document.activeElement))) return;
      await this.page.keyboard.press('Tab');
    }
    throw new Error(`Tab does not lead to ${String(target)}`);
  }

  async paste(into: Locator, text: string): Promise<void> {
    await this.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await this.page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
    await into.focus();
    await this.page.keyboard.press('ControlOrMeta+V');
  }
}
