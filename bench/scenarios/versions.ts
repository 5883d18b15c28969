import { sizeName } from '../payload.ts';
import { answering, Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';
import { drain } from './drain.ts';

const WEBHOOKS = 10;

/** Every event goes to one webhook, so that each delivery has a downgrade of its own to pay for. */
export const versions: Scenario = {
  name: 'versions',
  what: 'drain deliveries to webhooks that are two versions behind, beside the same to webhooks on the newest version',
  unit: 'deliveries/s',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      await port.behave(answering());
      const deliveries = bench.size(100_000, 5_000);
      const bytes = bench.payload;
      const seed = { webhooks: WEBHOOKS, deliveries, bytes, port, state: 'owed' } as const;
      const behind = await seedFolder(resources, { ...seed, madeOn: 'first' });
      const newest = await seedFolder(resources, { ...seed, madeOn: 'newest' });
      await bench.compare({
        label: `two behind, ${sizeName(bytes)}`,
        unit: 'deliveries/s',
        ours: () => drain(behind, port, deliveries),
        baseline: () => drain(newest, port, deliveries),
      });
    }),
};
