import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createWebhook } from '../support/api.ts';
import type { Answer } from '../support/receiver.ts';
import { live, type ConsoleWorld } from './console-world.ts';
import { DeliveriesPage, showing } from './deliveries-page.ts';

const MINUTE = 60_000;

let seen: DeliveriesPage;
let world: ConsoleWorld;
beforeAll(async () => {
  seen = await DeliveriesPage.open();
  ({ world } = seen);
  world.receiver.answer = () => ({ status: 500 });
  await seen.published(3);
  await world.pass(2 * MINUTE);
}, 60_000);
afterAll(() => world.stop());

describe('redelivering', () => {
  it('asks with the count first, and calls nothing delivered before it is', async () => {
    await live(seen.page);
    const waiting: ((answer: Answer) => void)[] = [];
    world.receiver.answer = () => new Promise((resolve) => waiting.push(resolve));
    await seen.filter('State', 'Failed');
    await showing(3, seen.rows());
    await seen.page.getByRole('button', { name: 'Select all 3 that match' }).click();
    await seen.page.getByRole('button', { name: 'Redeliver…' }).click();
    const question = seen.page.getByRole('alertdialog', { name: 'Redeliver 3 deliveries?' });
    await question.getByText(`${world.receiver.url}/in`).waitFor();
    await question.getByRole('button', { name: 'Redeliver' }).click();
    await question.waitFor({ state: 'detached' });
    await world.receiver.until(() => waiting.length > 0);
    await seen.jobs().getByText('3 accepted · 3 waiting').waitFor();
    expect(
      await seen
        .jobs()
        .getByText(/\d delivered/)
        .count(),
    ).toBe(0);
    world.receiver.answer = () => ({ status: 200, body: 'at last' });
    for (const answer of waiting) answer({ status: 200, body: 'at last' });
    await seen.jobs().and(seen.page.locator('[data-state=finished]')).waitFor();
    await seen.jobs().getByText('3 accepted · 3 delivered').waitFor();
    await seen.page.getByRole('button', { name: 'Show its deliveries' }).click();
    await showing(3, seen.rows('succeeded'));
  });

  it('of what was ticked goes on after the page has gone', async () => {
    world.receiver.answer = () => ({ status: 500, body: 'no' });
    const before = world.receiver.events.length;
    await seen.page
      .getByRole('checkbox', { name: /^Select usage/ })
      .first()
      .press(' ');
    await seen.page.getByText('1 delivery selected').waitFor();
    await seen.page.getByRole('button', { name: 'Redeliver…' }).click();
    await seen.page
      .getByRole('alertdialog', { name: 'Redeliver 1 delivery?' })
      .getByRole('button', { name: 'Redeliver' })
      .click();
    await world.receiver.until(() => world.receiver.events.length > before);
    await seen.page.reload();
    await seen.jobs().first().getByText('1 accepted · 1 waiting').waitFor();
    await world.pass(2 * MINUTE);
    await seen.jobs().first().getByText('1 accepted · 1 failed').waitFor();
  });

  it('of a single one is offered in its row', async () => {
    world.receiver.answer = () => ({ status: 200 });
    await seen.filter('Job', 'Any');
    await seen.filter('State', 'Failed');
    await seen
      .rows('exhausted')
      .getByRole('button', { name: /^Redeliver/ })
      .click();
    await seen.rows('succeeded').waitFor();
  });
});

describe('a webhook that its failures have disabled', () => {
  const feed = { name: 'Old feed', triggers: ['subscription-updated'], delivery: { schedule: [0] } };
  const subscription = { type: 'subscription-updated', data: { subscriptionType: 'trial' } };

  it('says so and holds what is new, which cannot be sent yet', async () => {
    const id = await createWebhook(world.api, 'acme', `${world.receiver.url}/feed`, feed);
    await world.installation.settled();
    world.receiver.answer = () => ({ status: 500 });
    await seen.published(1, subscription);
    await seen.published(2, subscription);
    await world.go(seen.page, `/w/acme/webhooks/${id}`);
    await seen.page.getByText('Disabled: every attempt of a delivery failed').waitFor();
    await seen.page.getByText('2 held events').waitFor();
    await showing(2, seen.rows('held'));
    const release = seen.page.getByRole('button', { name: 'Release…' });
    expect(await release.getAttribute('aria-disabled')).toBe('true');
    await release.focus();
    await seen.page.getByRole('tooltip', { name: 'The webhook is disabled. Enable it first.' }).waitFor();
  });

  it('asks what becomes of them when it is enabled, and releases them', async () => {
    await live(seen.page);
    world.receiver.answer = () => ({ status: 200 });
    await seen.page.getByRole('button', { name: 'More actions for Old feed' }).click();
    await seen.page.getByRole('menuitem', { name: 'Enable' }).click();
    const question = seen.page.getByRole('alertdialog', { name: 'Enable Old feed: release 2 held events?' });
    await question.getByRole('button', { name: 'Release' }).click();
    await seen.page.getByTestId('webhook-state').and(seen.page.locator('[data-state=enabled]')).waitFor();
    await seen.jobs().getByText('2 accepted · 2 delivered').waitFor();
    await seen.page.getByRole('button', { name: 'Release…' }).waitFor({ state: 'detached' });
    await showing(3, seen.rows('succeeded'));
  });

  it('can be disabled and taken back in the message that says so', async () => {
    await seen.page.getByRole('button', { name: 'More actions for Old feed' }).click();
    await seen.page.getByRole('menuitem', { name: 'Disable' }).click();
    await seen.page.getByTestId('webhook-state').and(seen.page.locator('[data-state=disabled]')).waitFor();
    const message = seen.page.getByRole('alertdialog').filter({ hasText: 'Old feed is disabled' });
    await message.getByRole('button', { name: 'Undo' }).click();
    await seen.page.getByTestId('webhook-state').and(seen.page.locator('[data-state=enabled]')).waitFor();
  });

  it('has all of this in its activity', async () => {
    await seen.page.getByRole('tab', { name: 'Activity' }).click();
    await seen.page
      .getByTestId('activity-row')
      .and(seen.page.locator('[data-state=webhook-enabled]'))
      .first()
      .waitFor();
    await seen.page
      .getByTestId('activity-row')
      .and(seen.page.locator('[data-state=webhook-disabled]'))
      .first()
      .waitFor();
    expect(seen.param('tab')).toBe('activity');
    await seen.page.goBack();
    await seen.page.getByRole('table', { name: 'Deliveries', exact: true }).waitFor();
  });
});

describe('the pages of all these', () => {
  it('asked no other host, and broke neither their policy nor a script', () => {
    expect(world.problems()).toEqual([]);
  });
});
