import type { Locator, Page } from 'playwright-core';
import { createWebhook, event, publish, unique } from '../support/api.ts';
import { ConsoleWorld } from './console-world.ts';

/** The deliveries of a webhook of an owner, `Usage meter`, and what publishes to it. An exhausted delivery leaves it enabled. */
export class DeliveriesPage {
  private constructor(
    readonly world: ConsoleWorld,
    /** The id of the webhook. */
    readonly hook: string,
    /** Whoever looks at it now. */
    public page: Page,
  ) {}

  static async open(): Promise<DeliveriesPage> {
    const world = await ConsoleWorld.start();
    const hook = await createWebhook(world.api, 'acme', `${world.receiver.url}/in`, {
      name: 'Usage meter',
      triggers: ['workspace-created'],
      delivery: { schedule: [0, 60], onExhausted: 'continue' },
    });
    await world.installation.settled();
    const page = await world.signedIn(await world.user('owner'), `/w/acme/webhooks/${hook}`);
    return new DeliveriesPage(world, hook, page);
  }

  rows(state?: string): Locator {
    return this.page.locator(`[data-testid=delivery-row]${state === undefined ? '' : `[data-state=${state}]`}`);
  }

  detailsOf(eventId: string): Locator {
    return this.page.getByRole('button', { name: `Details of ${eventId}`, exact: true });
  }

  jobs(): Locator {
    return this.page.getByRole('region', { name: 'Redeliveries' }).getByTestId('job');
  }

  sheet(): Locator {
    return this.page.getByRole('dialog');
  }

  param(name: string): string | null {
    return new URL(this.page.url()).searchParams.get(name);
  }

  async filter(name: string, option: string): Promise<void> {
    await this.page.getByRole('search', { name: 'Filter deliveries' }).getByRole('button', { name }).click();
    await this.page.getByRole('menuitemradio', { name: new RegExp(`^${option}`) }).click();
  }

  /** Their ids; the first attempts are over. */
  async published(count: number, changes: object = {}): Promise<string[]> {
    const made = Array.from({ length: count }, () => event('acme', { id: unique('usage'), ...changes }));
    await publish(this.world.api, ...made);
    await this.world.installation.settled();
    return made.map(({ id }) => id);
  }
}

/** Waits until there are as many, and no more. */
export async function showing(count: number, locator: Locator): Promise<void> {
  await locator.nth(count - 1).waitFor();
  await locator.nth(count).waitFor({ state: 'detached' });
}
