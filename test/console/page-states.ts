import type { Page } from 'playwright-core';
import type { Shown } from './pages.ts';
import { ready } from './steps.ts';

export type State = {
  readonly name: string;
  readonly path: (shown: Shown) => string;
  readonly open: (page: Page) => Promise<unknown>;
  readonly size?: { readonly width: number; readonly height: number };
};

const PHONE = { width: 390, height: 844 };
const list = () => '/w/northwind/webhooks';
/** A page when something of it is open, wrong or missing. */
export const STATES: readonly State[] = [
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
      await page.getByRole('dialog', { name: 'Search and commands' }).waitFor();
      await page.keyboard.type('bi');
      await page.getByRole('menuitem', { name: 'Billing sync' }).waitFor();
    },
  },
  {
    name: 'with errors in a form',
    path: () => '/w/northwind/webhooks/new',
    open: async (page) => {
      await page.getByRole('button', { name: 'Create webhook' }).click();
      await page
        .getByText(/fields? needs? attention/)
        .first()
        .waitFor();
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
