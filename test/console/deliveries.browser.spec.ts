import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { violations } from './axe.ts';
import { live, type ConsoleWorld } from './console-world.ts';
import { DeliveriesPage, showing } from './deliveries-page.ts';

const MARKUP = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>\u202Etxt';
const MINUTE = 60_000;

let seen: DeliveriesPage;
let world: ConsoleWorld;
beforeAll(async () => {
  seen = await DeliveriesPage.open();
  ({ world } = seen);
}, 60_000);
afterAll(() => world.stop());

describe('the deliveries of a webhook', () => {
  it('begin with the test that was sent when it was made, and an empty chart', async () => {
    await showing(1, seen.rows('succeeded'));
    await seen.rows().getByText('Test', { exact: true }).waitFor();
    await seen.page.getByTestId('chart').getByText('No deliveries in this period').first().waitFor();
    expect(await seen.page.getByRole('heading', { level: 1 }).count()).toBe(1);
  });

  it('are collected when they are new, and shown when somebody asks', async () => {
    await live(seen.page);
    const [id = ''] = await seen.published(1);
    await seen.page.getByRole('button', { name: '1 new delivery – show' }).click();
    await showing(2, seen.rows('succeeded'));
    await seen.detailsOf(id).waitFor();
    await seen.page.locator('[data-testid=chart][data-delivered="1"][data-failed="0"]').waitFor();
  });

  it('are counted as failed in the chart, and count down to their next attempt', async () => {
    world.receiver.answer = () => ({ status: 500, body: MARKUP });
    await seen.published(3, { data: { companyName: MARKUP, displayName: MARKUP, type: 'child' } });
    await seen.page.getByRole('button', { name: '3 new deliveries – show' }).click();
    await showing(3, seen.rows('pending'));
    await seen
      .rows('pending')
      .first()
      .getByText(/^Trying again in 1:0\d$/)
      .waitFor();
    await seen.rows('pending').first().getByText('answered 500').waitFor();
    await seen.rows('pending').first().getByText('1 of 2').waitFor();
    await seen.page.locator('[data-testid=chart][data-delivered="1"][data-failed="3"]').waitFor();
    await seen.page.getByRole('button', { name: 'Show as table' }).click();
    await seen.page
      .getByRole('table', { name: 'Deliveries by hour' })
      .getByRole('cell', { name: '3', exact: true })
      .waitFor();
  });

  it('are filtered in the URL, by state and by the hour that was chosen', async () => {
    await seen.page.getByRole('button', { name: /^Show the deliveries of/ }).click();
    expect([seen.param('from'), seen.param('to')]).toEqual(['2026-11-02T09:00:00.000Z', '2026-11-02T10:00:00.000Z']);
    await seen.filter('State', 'Delivered');
    await showing(2, seen.rows());
    await seen.page.getByText('2 match', { exact: true }).waitFor();
    await seen.page.reload();
    await showing(2, seen.rows('succeeded'));
    await seen.filter('Code', '404');
    await seen.page.getByRole('heading', { name: 'No delivery matches' }).waitFor();
    await seen.page.getByRole('button', { name: 'Clear the filters' }).click();
    await showing(5, seen.rows());
    expect([seen.param('status'), seen.param('code'), seen.param('from')]).toEqual([null, null, null]);
  });
});

describe('one delivery', () => {
  it('opens beside the list, with what happened, what to do, and its attempts', async () => {
    await live(seen.page);
    await world.pass(2 * MINUTE);
    await showing(3, seen.rows('exhausted'));
    await seen.filter('State', 'Failed');
    await showing(3, seen.rows());
    await seen
      .rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await seen
      .sheet()
      .getByText('What happened: The receiver answered 500. It was attempted 2 times', { exact: false })
      .waitFor();
    await seen.sheet().getByText('What to do:').waitFor();
    await showing(2, seen.sheet().getByTestId('attempt'));
  });

  it('shows what strangers have sent as text, and nothing else', async () => {
    await seen.sheet().getByRole('tab', { name: 'Response' }).click();
    const body = seen.sheet().getByRole('region', { name: 'Response body' });
    expect(await body.textContent()).toBe(MARKUP.replace('\u202E', 'U+202E'));
    await seen.sheet().getByRole('tab', { name: 'Request' }).click();
    await seen.sheet().getByRole('region', { name: 'Request body' }).getByText('window.pwned=1').first().waitFor();
    await seen.sheet().getByText('•••• (hidden)').first().waitFor();
    await seen.sheet().getByRole('tab', { name: 'Event' }).click();
    await seen.sheet().getByRole('region', { name: 'Event data' }).getByText('window.pwned=1').first().waitFor();
    expect(await seen.page.evaluate(() => 'pwned' in window)).toBe(false);
  });

  it('is gone through by keyboard: attempts by arrows, deliveries by brackets, and out by Escape', async () => {
    await seen
      .sheet()
      .getByRole('option', { name: /^Attempt 2/ })
      .focus();
    await seen.page.keyboard.press('ArrowUp');
    await seen.page.waitForURL((url) => url.searchParams.get('attempt') === '1');
    const first = seen.param('delivery');
    await seen.page.keyboard.press(']');
    await seen.page.waitForURL((url) => url.searchParams.get('delivery') !== first);
    expect(seen.param('attempt')).toBeNull();
    await seen.page.keyboard.press('[');
    await seen.page.waitForURL((url) => url.searchParams.get('delivery') === first);
    await seen.page.keyboard.press('Escape');
    await seen.sheet().waitFor({ state: 'detached' });
    expect([seen.param('delivery'), seen.param('status')]).toEqual([null, 'exhausted']);
    await seen.page.locator('[data-testid=delivery-row] button:focus').waitFor();
  });

  it('is a command for a shell, without what is hidden', async () => {
    await seen.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await seen
      .rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await seen.sheet().getByRole('button', { name: 'Copy as cURL' }).click();
    await seen.sheet().getByRole('button', { name: 'Copied' }).waitFor();
    const command = await seen.page.evaluate(() => navigator.clipboard.readText());
    expect(command).toContain(`--url '${world.receiver.url}/in'`);
    expect(command).toContain("-H 'Authorization: <Authorization>'");
    expect(command).toContain(String.raw`onerror=\"window.pwned=1\"`);
  });

  it('has a page of its own, for whoever is sent its link', async () => {
    await seen.sheet().getByRole('link', { name: 'Open as a page' }).click();
    await seen.page.getByRole('heading', { level: 1, name: /^workspace-created/ }).waitFor();
    await seen.page.getByTestId('delivery').and(seen.page.locator('[data-state=exhausted]')).waitFor();
    await seen.page.getByRole('link', { name: 'Deliveries of the webhook' }).click();
    await seen.page.getByRole('heading', { level: 1, name: /^Usage meter/ }).waitFor();
    await showing(5, seen.rows());
  });
});

describe('somebody who may only look', () => {
  it('sees every delivery, and why they cannot send it again', async () => {
    seen.page = await world.signedIn(await world.user('viewer'), `/w/acme/webhooks/${seen.hook}`);
    await showing(5, seen.rows());
    for (const name of ['Send test', 'Edit', 'Redeliver…']) {
      const button = seen.page.getByRole('button', { name, exact: true });
      expect([name, await button.getAttribute('aria-disabled')]).toEqual([name, 'true']);
    }
    await seen.page.getByRole('button', { name: 'Send test' }).focus();
    await seen.page.getByRole('tooltip', { name: 'Your role is viewer.' }).waitFor();
    await seen.page.getByRole('button', { name: 'More actions for Usage meter' }).click();
    expect(await seen.page.getByRole('menuitem', { name: 'Remove' }).getAttribute('aria-disabled')).toBe('true');
    // The first may close the tooltip alone. Until the menu is gone it keeps clicks to itself.
    for (const key of ['Escape', 'Escape']) await seen.page.keyboard.press(key);
    await seen.page.getByRole('menu').waitFor({ state: 'detached' });
    await seen
      .rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    await seen.sheet().getByRole('tab', { name: 'Signatures' }).click();
    await seen.sheet().getByText('shown to those who may change the webhook').first().waitFor();
  });
});

describe.each(['light', 'dark'] as const)('in the %s theme', (colorScheme) => {
  it('axe finds nothing wrong with the deliveries, an open delivery, a menu and a question', async () => {
    const look = { colorScheme, withAxe: true };
    seen.page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${seen.hook}`, look);
    await seen.page.locator('.u-over').waitFor({ state: 'attached' });
    await seen.page.getByRole('button', { name: 'Show as table' }).click();
    await showing(5, seen.rows());
    expect(await violations(seen.page)).toEqual([]);
    await seen.page.getByRole('search', { name: 'Filter deliveries' }).getByRole('button', { name: 'State' }).click();
    await seen.page.getByRole('menuitemradio', { name: /^Failed/ }).waitFor();
    expect(await violations(seen.page)).toEqual([]);
    await seen.page.keyboard.press('Escape');
    await seen.page.getByRole('button', { name: /^Select all/ }).click();
    await seen.page.getByRole('button', { name: 'Redeliver…' }).click();
    await seen.page.getByRole('alertdialog', { name: /^Redeliver/ }).waitFor();
    expect(await violations(seen.page)).toEqual([]);
    await seen.page.keyboard.press('Escape');
    await seen
      .rows()
      .first()
      .getByRole('button', { name: /^Details of/ })
      .click();
    for (const part of ['Request', 'Response', 'Timing', 'Event', 'Signatures']) {
      await seen.sheet().getByRole('tab', { name: part }).click();
      await seen.sheet().getByRole('tabpanel', { name: part }).waitFor();
      expect(await violations(seen.page)).toEqual([]);
    }
    await world.go(seen.page, `/w/acme/webhooks/${seen.hook}?tab=activity`);
    await seen.page.getByTestId('activity-row').first().waitFor();
    expect(await violations(seen.page)).toEqual([]);
  }, 120_000);
});

describe('the pages of all these', () => {
  it('asked no other host, and broke neither their policy nor a script', () => {
    expect(world.problems()).toEqual([]);
  });
});
