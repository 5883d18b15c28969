import { Bare } from '../baselines/bare.ts';
import { Carillon } from '../processes/carillon.ts';
import { Publishing } from '../processes/publishing.ts';
import { Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { createWebhooks } from '../seeding/webhooks.ts';
import { flatOut, systemOfBare, systemOfCarillon } from './publish-and-deliver.ts';

const WIDTHS = [1, 10, 100];
const IN_FLIGHT = 64;

export const fanOut: Scenario = {
  name: 'fan-out',
  what: 'one event to 1, 10 and 100 webhooks, publish over HTTP and deliver, beside the bare pipeline',
  unit: 'deliveries/s',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const plans = WIDTHS.flatMap((width) =>
        Array.from({ length: width }, (_, n) => ({ workspaceId: `bench-to-${width}`, url: `${port.url}/hook-${n}` })),
      );
      const carillon = await Carillon.start(resources, resources.folder());
      await createWebhooks(carillon, plans);
      await port.until(plans.length);
      await carillon.caughtUp();
      const targets = Object.groupBy(plans, ({ workspaceId }) => workspaceId);
      const urls = Object.entries(targets).map(([workspaceId, each]) => [
        workspaceId,
        each?.map(({ url }) => url) ?? [],
      ]);
      const bare = await Bare.start(resources, Object.fromEntries(urls) as Record<string, string[]>);
      const publishing = new Publishing(resources);
      const deliveries = bench.size(30_000, 3_000);
      for (const width of WIDTHS) {
        const flat = { workspaces: [`bench-to-${width}`], bytes: bench.payload, inFlight: IN_FLIGHT, batch: 1 };
        const plan = { ...flat, events: deliveries / width };
        await bench.compare({
          label: `1 to ${width}`,
          unit: 'deliveries/s',
          ours: () => flatOut(systemOfCarillon(carillon), port, publishing, plan, width),
          baseline: () => flatOut(systemOfBare(bare), port, publishing, plan, width),
        });
      }
    }),
};
