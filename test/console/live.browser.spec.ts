import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { createWebhook, event, publish } from '../support/api.ts';
import { ConsoleWorld, live, ready, webhookRow, type Credentials } from './console-world.ts';

const NAME = 'Billing sync';
const LIST = '/w/acme/webhooks';

describe('what is on screen', () => {
  let world: ConsoleWorld;
  let owner: Credentials;
  let id: string;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    owner = await world.user('owner');
    id = await createWebhook(world.api, 'acme', world.receiver.url, { name: NAME });
    await publish(world.api, event('acme'), event('acme'));
    await world.receiver.received(2);
    await world.installation.settled();
  }, 60_000);
  afterAll(() => world.stop());

  const deliveries = () => `/w/acme/webhooks/${id}?kind=event`;
  const rowsOf = (page: Page) =>
    page.getByTestId('delivery-row').evaluateAll((rows) => rows.map((row) => row.getAttribute('data-id')));
  const disabled = { headers: { Workspace: 'acme' } };
  const turn = (to: 'enable' | 'disable') => world.api.post(`/settings/webhooks/${id}/${to}`, undefined, disabled);
  const inState = (page: Page, state: string) => webhookRow(page, NAME).and(page.locator(`[data-state=${state}]`));
  const lightIs = (page: Page, state: string) =>
    page.locator(`[data-testid=live-state][data-state=${state}]`).waitFor({ state: 'attached' });

  /** Its timers are moved by hand. */
  const openWithClock = async (page: Page): Promise<void> => {
    await page.clock.install({ time: world.installation.clock.now() });
    await page.context().addCookies((await (await world.signedIn(owner)).context().storageState()).cookies);
    await page.goto(`${world.installation.url}/console${LIST}`);
  };

  it('takes what changed elsewhere without being loaded anew', async () => {
    const page = await world.signedIn(owner, LIST);
    await live(page);
    await turn('disable');
    await inState(page, 'admin').waitFor();
    await turn('enable');
    await inState(page, 'enabled').waitFor();
    await createWebhook(world.api, 'acme', world.receiver.url, { name: 'Another one' });
    await webhookRow(page, 'Another one').waitFor();
    await page.context().close();
  });

  it('keeps its deliveries where they are, and offers the new ones', async () => {
    const page = await world.signedIn(owner, deliveries());
    await page.getByTestId('delivery-row').nth(1).waitFor();
    await live(page);
    const before = await rowsOf(page);
    await publish(world.api, event('acme'), event('acme'), event('acme'));
    const offer = page.getByRole('button', { name: /^3 new deliver/ });
    await offer.waitFor();
    expect(await rowsOf(page)).toEqual(before);
    await offer.click();
    await page.getByTestId('delivery-row').nth(4).waitFor();
    expect((await rowsOf(page)).slice(-2)).toEqual(before);
    await page.context().close();
  });

  it('is told of by one connection, however many tabs show it', async () => {
    const first = await world.signedIn(owner, LIST);
    const asked: string[] = [];
    first.context().on('request', (request) => {
      if (new URL(request.url()).pathname === '/changes') asked.push(request.url());
    });
    await live(first);
    const second = await world.tab(first, LIST);
    await live(second);
    expect(asked).toEqual([]);
    await turn('disable');
    await inState(second, 'admin').waitFor();
    await inState(first, 'admin').waitFor();
    await first.close();
    await live(second);
    await turn('enable');
    await inState(second, 'enabled').waitFor();
    await second.context().close();
  });

  it('is read again and again while there is no connection, and followed once there is', async () => {
    const page = await world.visit('/sign-in');
    await page.route('**/changes?*', (route) => route.abort());
    await openWithClock(page);
    await inState(page, 'enabled').waitFor();
    await lightIs(page, 'connecting');
    await page.clock.fastForward(11_000);
    await lightIs(page, 'polling');
    await turn('disable');
    await page.clock.fastForward(16_000);
    await inState(page, 'admin').waitFor();
    await page.unroute('**/changes?*');
    await page.clock.fastForward(31_000);
    await lightIs(page, 'open');
    await turn('enable');
    await inState(page, 'enabled').waitFor();
    await page.context().close();
  });

  it('says in the title of a hidden tab how many attempts have failed since', async () => {
    const page = await world.visit('/sign-in');
    await openWithClock(page);
    await inState(page, 'enabled').waitFor();
    await hide(page, true);
    // The list may have been reading the same when it was hidden.
    for (let n = 0; n < 2; n++) {
      const looked = page.waitForResponse('**/webhook-statistics/latest?*');
      await page.clock.fastForward(61_000);
      await looked;
    }
    world.receiver.answer = () => ({ status: 500 });
    // Two webhooks listen to it.
    await publish(world.api, event('acme'));
    await world.installation.settled();
    world.receiver.answer = () => ({ status: 200 });
    await page.clock.fastForward(61_000);
    // Frames of the page stand still with its clock.
    const title = (begin: string) =>
      page.waitForFunction((text) => document.title.startsWith(text), begin, { polling: 50 });
    await title('(2 failed) Webhooks');
    await hide(page, false);
    await title('Webhooks');
    await page.context().close();
  });

  it('hears nothing while it is hidden, and is new when it is seen again', async () => {
    const page = await world.signedIn(owner, LIST);
    await live(page);
    await hide(page, true);
    await lightIs(page, 'closed');
    await turn('disable');
    await world.installation.settled();
    expect(await inState(page, 'enabled').count()).toBe(1);
    await hide(page, false);
    await inState(page, 'admin').waitFor();
    await live(page);
    await ready(page);
    await page.context().close();
  });

  it('asks no other host for anything', () =>
    expect(world.problems().filter((problem) => !/ERR_FAILED/.test(problem))).toEqual([]));
});

/** As when another tab comes in front of it, which a browser without a window does not do. */
const hide = (page: Page, isHidden: boolean): Promise<void> =>
  page.evaluate((hidden) => {
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
