import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { violations } from './axe.ts';
import { answerOf, fill, OWNER, placeIn } from './believable.ts';
import { ADMIN, ConsoleWorld, ready } from './console-world.ts';
import { PAGES, type Shown } from './pages.ts';

const LOOKS = [{ colorScheme: 'light' }, { colorScheme: 'dark' }] as const;
const PHONE = { width: 390, height: 844 };

describe('no page has anything that axe finds', () => {
  let world: ConsoleWorld;
  let shown: Shown;
  const pages = new Map<string, Page>();
  beforeAll(async () => {
    world = await ConsoleWorld.start();
    world.receiver.answer = ({ path }) => answerOf(path);
    shown = await fill(placeIn(world));
    for (const { colorScheme } of LOOKS) {
      const look = { colorScheme, withAxe: true };
      pages.set(`owner ${colorScheme}`, await world.signedIn(OWNER, '/', look));
      pages.set(`operator ${colorScheme}`, await world.signedIn(ADMIN, '/', look));
      pages.set(`nobody ${colorScheme}`, await world.visit('/sign-in', look));
    }
  }, 120_000);
  afterAll(() => world.stop());

  const pageOf = (who: string, colorScheme: string): Page => {
    const page = pages.get(`${who} ${colorScheme}`);
    if (!page) throw new Error(`Nobody looks as ${who}.`);
    return page;
  };

  describe.each(LOOKS)('in $colorScheme', ({ colorScheme }) => {
    it.each(PAGES)('$name', async ({ who, path, until }) => {
      const page = pageOf(who, colorScheme);
      await page.setViewportSize({ width: 1280, height: 900 });
      await world.go(page, path(shown));
      await until?.(page);
      expect(await violations(page)).toEqual([]);
      await page.setViewportSize(PHONE);
      expect(await violations(page)).toEqual([]);
    });

    it.each(STATES)('$name', async ({ path, open, size }) => {
      const page = pageOf('owner', colorScheme);
      await page.setViewportSize(size ?? { width: 1280, height: 900 });
      await world.go(page, path(shown));
      await open(page);
      expect(await violations(page)).toEqual([]);
    });
  });

  it('and none asked another host for anything', () => expect(world.problems()).toEqual([]));
});

const list = () => '/w/northwind/webhooks';
const STATES: readonly {
  readonly name: string;
  readonly path: (shown: Shown) => string;
  readonly open: (page: Page) => Promise<unknown>;
  readonly size?: { readonly width: number; readonly height: number };
}[] = [
  {
    name: 'with the menu of a row open',
    path: list,
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for Billing sync' }).click();
      await page.getByRole('menuitem', { name: 'Edit' }).waitFor();
    },
  },
  {
    name: 'with a question open',
    path: list,
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for Billing sync' }).click();
      await page.getByRole('menuitem', { name: 'Remove' }).click();
      await page.getByRole('alertdialog').waitFor();
    },
  },
  {
    name: 'with a toast and a test under way',
    path: list,
    open: async (page) => {
      await page.getByRole('button', { name: 'Actions for Onboarding mails' }).click();
      await page.getByRole('menuitem', { name: /^(Disable|Enable)$/ }).click();
      await page.getByRole('region', { name: 'Messages' }).waitFor();
      await page.getByRole('button', { name: 'Actions for Billing sync' }).click();
      await page.getByRole('menuitem', { name: 'Test' }).click();
      await page.getByTestId('test-line').waitFor();
    },
  },
  {
    name: 'with a filter open',
    path: list,
    open: async (page) => {
      await page.getByRole('button', { name: 'Status' }).click();
      await page.getByText('Disabled by failures').last().waitFor();
    },
  },
  {
    name: 'with the workspace switcher open',
    path: list,
    open: async (page) => {
      await page.getByRole('button', { name: /, switch$/ }).click();
      await page.getByRole('treegrid').getByRole('row', { name: 'Harbour Logistics' }).waitFor();
    },
  },
  {
    name: 'with the palette open',
    path: list,
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.keyboard.type('bi');
      await page.getByRole('menuitem', { name: 'Billing sync' }).waitFor();
    },
  },
  {
    name: 'with errors in a form',
    path: () => '/w/northwind/webhooks/new',
    open: async (page) => {
      await page.getByRole('button', { name: 'Create webhook' }).click();
      await page.getByText(/fields? needs? attention/).first().waitFor();
    },
  },
  {
    name: 'with nothing that matches',
    path: () => '/w/northwind/webhooks?search=nothing-like-this',
    open: (page) => page.getByRole('heading', { name: 'No webhook matches' }).waitFor(),
  },
  { name: 'of a workspace with no webhook', path: () => '/w/kestrel/webhooks', open: ready },
  { name: 'of a workspace out of reach', path: () => '/w/elsewhere/webhooks', open: ready },
  {
    name: 'with an error in its place',
    path: () => '/w/northwind/webhooks/000000000000000000000000',
    open: (page) => page.getByRole('button', { name: 'Try again' }).waitFor(),
  },
  {
    name: 'with the navigation of a narrow screen open',
    path: list,
    size: PHONE,
    open: async (page) => {
      await page.getByRole('button', { name: 'Navigation' }).click();
      await page.getByRole('link', { name: 'Trigger catalog' }).waitFor();
    },
  },
];
