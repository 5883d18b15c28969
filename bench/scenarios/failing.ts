import { sizeName } from '../payload.ts';
import { answering, Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';
import { drain, drainRaw } from './drain.ts';

const WEBHOOKS = 10;
const IN_FLIGHT = 64;

/** Second attempts are a minute away, so that each delivery is attempted once within the time that is measured. */
export const failing: Scenario = {
  name: 'failing',
  what: 'first attempts of owed deliveries at receivers that answer 500, beside the raw undici loop',
  unit: 'attempts/s',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open(answering(0, 500));
      const deliveries = bench.size(30_000, 3_000);
      const bytes = bench.payload;
      const seeded = await seedFolder(resources, { webhooks: WEBHOOKS, deliveries, bytes, port, state: 'owed' });
      await bench.compare({
        label: `500 ${sizeName(bytes)}`,
        unit: 'attempts/s',
        ours: () => drain(seeded, port, deliveries),
        baseline: () => drainRaw(port, deliveries, bytes, IN_FLIGHT),
      });
    }),
};
