import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import { answerOf, fill, OWNER, placeIn } from './believable.ts';
import { ADMIN, ConsoleWorld } from './console-world.ts';
import { STATES } from './page-states.ts';
import { PAGES, type Shown, type ShownPage } from './pages.ts';

const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describe('axe finds nothing, light or dark', () => {
  let world: ConsoleWorld;
  let shown: Shown;
  let visitors: Record<ShownPage['who'], Page>;
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    world.receiver.answer = ({ path }) => answerOf(path);
    shown = await fill(placeIn(world));
    visitors = {
      owner: await world.signedIn(OWNER, '/', { withAxe: true }),
      operator: await world.signedIn(ADMIN, '/', { withAxe: true }),
      nobody: await world.visit('/sign-in', { withAxe: true }),
    };
  }, 120_000);
  afterAll(() => world.stop());

  /** What is dark differs in its colours alone. */
  const inBoth = async (page: Page): Promise<void> => {
    expect(await violations(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await violations(page, ['color-contrast'])).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  };

  it('on the pop-up of a last week', async () => {
    const page = visitors.owner;
    await page.getByText(/^I have read this/).click();
    await inBoth(page);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it.each(PAGES)('on the page $name', async ({ who, path, until }) => {
    const page = visitors[who];
    await page.setViewportSize(DESK);
    await world.go(page, path(shown));
    await until?.(page);
    await inBoth(page);
    await page.setViewportSize(PHONE);
    expect(await violations(page)).toEqual([]);
  });

  it.each(STATES)('on a page $name', async ({ path, open, size }) => {
    const page = visitors.owner;
    await page.setViewportSize(size ?? DESK);
    await world.go(page, path(shown));
    await open(page);
    await inBoth(page);
  });

  it('and the menu of every row is in sight on a desk', async () => {
    const page = visitors.owner;
    await page.setViewportSize(DESK);
    await world.go(page, '/w/northwind/webhooks');
    const menus = page.getByRole('button', { name: /^Actions for/ });
    const ends = await menus.evaluateAll((found) => found.map((menu) => menu.getBoundingClientRect().right));
    expect(ends).toHaveLength(9);
    const box = await page.getByRole('table', { name: 'Webhooks' }).locator('..').boundingBox();
    expect(Math.max(...ends)).toBeLessThan((box?.x ?? 0) + (box?.width ?? 0));
  });

  it('and none asked another host for anything', () => expect(world.problems()).toEqual([]));
});
