import { join } from 'node:path';
import { plainScan } from '../baselines/plain-scan.ts';
import { nowMicros } from '../open-loop.ts';
import { Carillon } from '../processes/carillon.ts';
import { secondsBetween } from '../processes/publishing.ts';
import { Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';

/** A finished delivery is three events. */
const EVENTS_EACH = 3;

export const restart: Scenario = {
  name: 'restart',
  what: 'from the start of the process until it is ready, with a full store and read models that had caught up, beside a plain scan of the store',
  unit: 's',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const events = bench.size(1_000_000, 30_000);
      const deliveries = Math.ceil(events / EVENTS_EACH);
      const seed = { webhooks: 10, deliveries, bytes: bench.payload, port, state: 'succeeded' } as const;
      const { folder } = await seedFolder(resources, seed);
      await bench.compare({
        label: `${events.toLocaleString('en')} events`,
        unit: 's',
        ours: async () => {
          const startedAt = nowMicros();
          const carillon = Carillon.launch(resources, folder);
          await carillon.listening();
          await carillon.ready();
          const ready = secondsBetween(startedAt, nowMicros());
          await carillon.caughtUp();
          const caughtUp = secondsBetween(startedAt, nowMicros());
          await carillon.stop();
          return { ready, 'caught up': caughtUp };
        },
        baseline: async () => {
          const seconds = plainScan(join(folder, 'events.db'));
          return { ready: seconds, 'caught up': seconds };
        },
      });
    }),
};
