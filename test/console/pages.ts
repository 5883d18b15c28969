import type { Page } from 'playwright-core';
import { ready } from './steps.ts';

/** Ids of what `believable.ts` makes: webhooks by name, and a delivery that failed. */
export type Shown = { readonly ids: ReadonlyMap<string, string>; readonly failed: string };

export type ShownPage = {
  /** In a file's name, too. */
  readonly name: string;
  readonly who: 'owner' | 'operator' | 'nobody';
  readonly path: (shown: Shown) => string;
  /** Resolves when there is to see what is to be seen. */
  readonly until?: (page: Page) => Promise<unknown>;
};

/** Its file has come, and what it reads. */
async function tabIsThere(shown: Page): Promise<void> {
  await shown.getByRole('tabpanel').first().getByRole('heading').or(shown.getByRole('table')).first().waitFor();
  await ready(shown);
}

const inWorkspace = (path: string) => `/w/northwind/${path}`;
const tab = (name: string, webhook: string, tabId: string): ShownPage => ({
  name,
  who: 'owner',
  path: ({ ids }) => inWorkspace(`webhooks/${ids.get(webhook)}?tab=${tabId}`),
  until: tabIsThere,
});
/** The chart has been drawn, too. */
const deliveriesOf = (name: string, webhook: string): ShownPage => ({
  ...tab(name, webhook, 'deliveries'),
  until: async (shown) => {
    await tabIsThere(shown);
    await shown.locator('.u-over').waitFor({ state: 'attached' });
  },
});
const page = (name: string, path: string, who: ShownPage['who'] = 'owner'): ShownPage => ({
  name,
  who,
  path: () => path,
});

/** Every page of the console, with something on it. */
export const PAGES: readonly ShownPage[] = [
  page('sign-in', '/sign-in', 'nobody'),
  page('forgot', '/forgot', 'nobody'),
  page('password-used', '/password', 'nobody'),
  page('link-used', '/link', 'nobody'),
  page('webhooks', inWorkspace('webhooks')),
  {
    name: 'webhooks-open',
    who: 'owner',
    path: ({ ids }) => inWorkspace(`webhooks?open=${ids.get('Usage meter')}`),
    until: (shown) => shown.getByTestId('delivery-row').first().waitFor(),
  },
  page('webhook-new', inWorkspace('webhooks/new')),
  { name: 'webhook-edit', who: 'owner', path: ({ ids }) => inWorkspace(`webhooks/${ids.get('Billing sync')}/edit`) },
  {
    name: 'draft-edit',
    who: 'owner',
    path: ({ ids }) => inWorkspace(`webhooks/${ids.get('Usage meter')}/draft/edit`),
  },
  deliveriesOf('details-deliveries', 'Usage meter'),
  deliveriesOf('details-disabled', 'CRM bridge'),
  deliveriesOf('details-expired', 'Old feed'),
  tab('details-configuration', 'Data warehouse', 'configuration'),
  tab('details-verify', 'Billing sync', 'verify'),
  tab('details-draft', 'Usage meter', 'draft'),
  tab('details-activity', 'Usage meter', 'activity'),
  { name: 'delivery', who: 'owner', path: ({ failed }) => inWorkspace(`deliveries/${failed}`) },
  {
    name: 'delivery-beside',
    who: 'owner',
    path: ({ ids, failed }) => inWorkspace(`webhooks/${ids.get('CRM bridge')}?delivery=${failed}`),
    until: (shown) =>
      shown
        .getByRole('dialog')
        .getByText(/^Headers/)
        .waitFor(),
  },
  page('activity', inWorkspace('activity')),
  page('triggers', inWorkspace('triggers')),
  page('trigger-open', inWorkspace('triggers?open=subscription-updated')),
  page('api-clients', inWorkspace('api-clients')),
  page('users', inWorkspace('users')),
  page('versions', '/installation/versions', 'operator'),
  page('version-release', '/installation/versions/new', 'operator'),
  page('health', '/installation/health', 'operator'),
  page('mails', '/installation/mails', 'operator'),
  page('all-users', '/installation/users', 'operator'),
];
