import { sizeName } from '../payload.ts';
import { Carillon } from '../processes/carillon.ts';
import { Publishing } from '../processes/publishing.ts';
import { answering, Receiving, type Port } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { releaseAll } from '../seeding/releases.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';
import { createWebhooks, oneEach, type WebhookPlan } from '../seeding/webhooks.ts';
import { drain } from './drain.ts';
import { flatOut, systemOfCarillon } from './publish-and-deliver.ts';

const WEBHOOKS = 10;
const IN_FLIGHT = 64;

/** Every event goes to one webhook, so that each delivery has a downgrade of its own to pay for. */
export const versions: Scenario = {
  name: 'versions',
  what: 'deliver to webhooks that are two versions behind, beside the same to webhooks on the newest version',
  unit: 'deliveries/s',
  run: async (bench) => {
    await publishAndDeliver(bench);
    await drainOwed(bench);
  },
};

const publishAndDeliver = (bench: Bench): Promise<void> =>
  using(async (resources) => {
    const port = await answeringPort(new Receiving(resources));
    const carillon = await Carillon.start(resources, resources.folder());
    const behind = await createWebhooks(carillon, plans('behind', port));
    await releaseAll(carillon);
    const newest = await createWebhooks(carillon, plans('newest', port));
    await port.until(2 * WEBHOOKS);
    await carillon.caughtUp();
    const publishing = new Publishing(resources);
    const system = systemOfCarillon(carillon);
    const flat = { bytes: bench.payload, inFlight: IN_FLIGHT, batch: 1, inNewestShape: true };
    const to = (webhooks: typeof behind, events = bench.size(50_000, 4_000)) => {
      const workspaces = webhooks.map(({ workspaceId }) => workspaceId);
      return flatOut(system, port, publishing, { ...flat, workspaces, events });
    };
    // The code that is measured should have been compiled by then, on both sides.
    for (const webhooks of [behind, newest]) await to(webhooks, bench.size(10_000, 1_000));
    await bench.compare({
      label: `two behind, publish and deliver, ${sizeName(bench.payload)}`,
      unit: 'deliveries/s',
      ours: () => to(behind),
      baseline: () => to(newest),
    });
  });

const drainOwed = (bench: Bench): Promise<void> =>
  using(async (resources) => {
    const port = await answeringPort(new Receiving(resources));
    const deliveries = bench.size(100_000, 5_000);
    const seed = { webhooks: WEBHOOKS, deliveries, bytes: bench.payload, port, state: 'owed' } as const;
    const behind = await seedFolder(resources, { ...seed, madeOn: 'first' });
    const newest = await seedFolder(resources, { ...seed, madeOn: 'newest' });
    await bench.compare({
      label: `two behind, drain, ${sizeName(bench.payload)}`,
      unit: 'deliveries/s',
      ours: () => drain(behind, port, deliveries),
      baseline: () => drain(newest, port, deliveries),
    });
  });

/** In workspaces of their own. */
const plans = (name: string, { url }: Port): WebhookPlan[] =>
  oneEach(WEBHOOKS, url).map((plan) => ({ ...plan, workspaceId: `${name}-${plan.workspaceId}` }));

async function answeringPort(receiving: Receiving): Promise<Port> {
  const port = await receiving.open();
  await port.behave(answering());
  return port;
}
