import { afterAll, beforeAll, describe, expect } from '@jest/globals';
import type { Page } from 'playwright-core';
import { releases } from '../../libs/modules/version-lifecycle/testing/releases.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { createWebhook } from '../support/api.ts';
import { ConsoleWorld, live, webhookRow, type Credentials } from './console-world.ts';
import { story } from './story.ts';

const [SECOND] = releases;
const NAME = 'Usage meter';
const WEBHOOKS = '/w/acme/webhooks';

const longDate = (instant: number): string => {
  const date = { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'Europe/Berlin' } as const;
  return new Intl.DateTimeFormat('en-GB', date).format(instant);
};

/** From the release of a newer version to the end of the one before, in the order of the guide. */
describe('the last months of a webhook version', () => {
  const step = story();
  let world: ConsoleWorld;
  let [owner, other]: Credentials[] = [];
  let page: Page;
  let calendar: Record<'remindAt' | 'popupAt' | 'expiresAt' | 'disableAt', number>;
  let webhookId: string;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    await world.api.put('/workspaces/acme', { ...ACME, adminEmails: 'ana@acme.example' });
    webhookId = await createWebhook(world.api, 'acme', world.receiver.url, {
      name: NAME,
      triggers: ['protected-users-count-updated'],
    });
    [owner, other] = [await world.user('owner'), await world.user('webhook-admin')];
  }, 60_000);
  afterAll(() => world.stop());

  const passTo = (instant: number) => world.pass(instant - world.installation.clock.now());
  const row = () => webhookRow(page, NAME);
  const state = (name: string) => row().and(page.locator(`[data-state=${name}]`));
  const enter = async (who: Credentials | undefined) => {
    await page?.context().close();
    if (!who) throw new Error('Nobody was invited.');
    page = await world.signedIn(who, WEBHOOKS);
    await row().waitFor();
  };
  const mailsToAna = async () =>
    (await world.mails()).filter(({ to }) => to === 'ana@acme.example').map(({ subject }) => subject);
  const popUp = () =>
    page.getByRole('dialog', { name: `Version ${FIRST_VERSION} ends on ${longDate(calendar.expiresAt)}` });
  const webhook = async () => {
    const headers = { Workspace: 'acme' };
    const { data } = await world.api.get<Record<string, unknown>>(`/settings/webhooks/${webhookId}`, { headers });
    return data;
  };

  step('begin with a newer version: a mail to the admins, and an expiration date on the record', async () => {
    await enter(owner);
    await live(page);
    const { data } = await world.api.post<{ supersedes: Record<string, string> }>('/versions', SECOND);
    const { supersedes } = data;
    const at = (name: string) => Date.parse(supersedes[name] ?? '');
    calendar = {
      remindAt: at('remindAt'),
      popupAt: at('popupAt'),
      expiresAt: at('expiresAt'),
      disableAt: at('disableAt'),
    };
    await row()
      .getByText(/^until \d+ \w+ 2027$/)
      .waitFor();
    expect(await mailsToAna()).toEqual([expect.stringMatching(/^Webhook version .* expires on/)]);
    expect(await popUp().count()).toBe(0);
  });

  step('bring a reminder in the last month, and a draft that changes nothing', async () => {
    const before = await webhook();
    await passTo(calendar.remindAt);
    expect(await mailsToAna()).toEqual([expect.anything(), expect.stringMatching(/^Reminder: webhook version/)]);
    await enter(owner);
    await row().getByText('Draft', { exact: true }).waitFor();
    await page.getByRole('button', { name: `Details of ${NAME}` }).click();
    await page.getByRole('tab', { name: 'Draft' }).click();
    const tab = page.getByRole('tabpanel', { name: 'Draft' });
    await tab.getByRole('table', { name: 'Settings of the webhook and of its draft' }).waitFor();
    const lines = (kind: string) => tab.getByTestId('diff-line').and(page.locator(`[data-kind=${kind}]`));
    await lines('removed').filter({ hasText: '"count": "26"' }).first().waitFor();
    await lines('added').filter({ hasText: '"count": 26' }).first().waitFor();
    const tests = () => world.receiver.alerts.filter(({ headers }) => headers['x-coro-hook-version'] === SECOND?.name);
    await tab.getByRole('button', { name: 'Send test of the draft' }).click();
    await world.receiver.until(() => tests().length > 0);
    expect(await webhook()).toMatchObject({ version: FIRST_VERSION, hasDraft: true, updated: before['updated'] });
    expect(await popUp().count()).toBe(0);
  });

  step('warn in the last week: on entering Connectors, and in the row', async () => {
    await passTo(calendar.popupAt);
    await enter(owner);
    await popUp().getByText(NAME).waitFor();
    await popUp()
      .getByText(/They stop receiving alerts 24 hours after that date/)
      .waitFor();
    await popUp().getByRole('button', { name: 'Remind me next time' }).click();
    await popUp().waitFor({ state: 'detached' });
    await row()
      .getByText(/^Ends in 7 days/)
      .waitFor();
    await page
      .getByText(`1 webhook uses version ${FIRST_VERSION}, which ends on ${longDate(calendar.expiresAt)}.`)
      .waitFor();
  });

  step('ask each user until that user has said that they have read it', async () => {
    await world.go(page, WEBHOOKS);
    await popUp()
      .getByText(/^I have read this/)
      .click();
    await popUp().getByRole('button', { name: 'Close' }).filter({ hasText: 'Close' }).click();
    await popUp().waitFor({ state: 'detached' });
    await page.waitForLoadState('networkidle');
    await enter(owner);
    await row()
      .getByText(/^Ends in 7 days/)
      .waitFor();
    expect(await popUp().count()).toBe(0);
    await enter(other);
    await popUp().getByRole('button', { name: 'Review drafts' }).click();
    await page.getByRole('tabpanel', { name: 'Draft' }).waitFor();
  });

  step('leave it enabled until a day after the date', async () => {
    await passTo(calendar.expiresAt);
    await enter(owner);
    await row()
      .getByText(/^Version has ended\. Disabled on/)
      .waitFor();
    await state('enabled').waitFor();
  });

  step('end with the webhook disabled, and gray', async () => {
    await live(page);
    await passTo(calendar.disableAt);
    await state('expired').waitFor();
    await row().getByText('Ended', { exact: true }).waitFor();
    await row().getByText('Expired', { exact: true }).waitFor();
    expect(await row().evaluate((element) => element.matches('.is-gray'))).toBe(true);
    await page.getByRole('button', { name: `Actions for ${NAME}` }).click();
    for (const name of ['Test', 'Enable']) {
      const item = page.getByRole('menuitem', { name });
      expect(await item.getAttribute('aria-disabled')).toBe('true');
      expect(await item.textContent()).toMatch(/has ended/);
    }
    await page.keyboard.press('Escape');
    expect(await popUp().count()).toBe(0);
  });

  step('are over once the draft is published, which enables the webhook', async () => {
    await page.getByRole('button', { name: `Details of ${NAME}` }).click();
    await page.getByRole('tab', { name: 'Draft' }).click();
    await page.getByRole('button', { name: 'Publish…' }).click();
    const question = page.getByRole('alertdialog', { name: `Publish the draft of ${NAME}?` });
    await question.getByRole('button', { name: 'Publish' }).click();
    await row().getByText(String(SECOND?.name)).waitFor();
    await state('enabled').waitFor();
    expect(world.problems()).toEqual([]);
  });
});

const ACME = { type: 'channel', companyName: 'Acme', displayName: 'Acme' };
