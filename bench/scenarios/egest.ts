import { sizeName } from '../payload.ts';
import { answering, Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';
import { drain, drainRaw } from './drain.ts';

const WEBHOOKS = 10;
const IN_FLIGHT = 64;
/** As much as the webhooks have in flight by default: with slow receivers this is what decides. */
const IN_FLIGHT_WHEN_SLOW = WEBHOOKS * 16;
const SLOW_MS = 100;

export const egest: Scenario = {
  name: 'egest',
  what: 'drain deliveries that are owed, receivers at 0 ms and at 100 ms, beside the raw undici loop',
  unit: 'deliveries/s',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const deliveries = bench.size(100_000, 5_000);
      for (const bytes of bench.payloads) {
        await port.reset();
        await port.behave(answering());
        const seeded = await seedFolder(resources, { webhooks: WEBHOOKS, deliveries, bytes, port, state: 'owed' });
        await bench.compare({
          label: `0 ms ${sizeName(bytes)}`,
          unit: 'deliveries/s',
          ours: () => drain(seeded, port, deliveries),
          baseline: () => drainRaw(port, deliveries, bytes, IN_FLIGHT),
        });
        if (bytes !== bench.payload) continue;
        await port.behave(answering(SLOW_MS));
        await bench.compare({
          label: `${SLOW_MS} ms ${sizeName(bytes)}`,
          unit: 'deliveries/s',
          ours: () => drain(seeded, port, deliveries),
          baseline: () => drainRaw(port, deliveries, bytes, IN_FLIGHT_WHEN_SLOW),
        });
      }
    }),
};
