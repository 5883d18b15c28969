import { setTimeout as delay } from 'node:timers/promises';
import { sizeName } from '../payload.ts';
import { Carillon } from '../processes/carillon.ts';
import { Outcomes } from '../processes/outcomes.ts';
import { answering, Receiving, type Port } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import { memoryOf } from '../processes/usage.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { copyOf, seedFolder, type SeededFolder } from '../seeding/seeded-folder.ts';
import { enableAll } from '../seeding/webhooks.ts';

const WEBHOOKS = 10;
/** As good as nothing, yet all code that delivers has run once it is drained. */
const LITTLE = 200;
/** Shorter than the time an attempt may take: nothing has failed yet when memory is looked at. */
const SETTLING_MS = 5_000;
/** After work has ended, what it took is given back by and by. */
const RETURNING_MS = 30_000;

export const memory: Scenario = {
  name: 'memory',
  what: 'resident memory with a backlog of due deliveries, and after draining it, beside a server that owes 200',
  unit: 'MiB',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const waits = { settlingMs: bench.size(SETTLING_MS, 1_000), returningMs: bench.size(RETURNING_MS, 1_000) };
      const seeded = async (deliveries: number, bytes: number): Promise<SeededFolder> => {
        await port.reset();
        await port.behave(answering());
        return seedFolder(resources, { webhooks: WEBHOOKS, deliveries, bytes, port, state: 'owed' });
      };
      const backlogs = [
        { deliveries: bench.size(1_000_000, 10_000), bytes: bench.payload },
        { deliveries: bench.size(24_000, 1_000), bytes: 7 * 1024 },
      ];
      const little = await seeded(LITTLE, bench.payload);
      for (const { deliveries, bytes } of backlogs) {
        const full = await seeded(deliveries, bytes);
        await bench.compare({
          label: `${deliveries.toLocaleString('en')} of ${sizeName(bytes)}`,
          unit: 'MiB',
          ours: () => memoryWith(full, port, deliveries, waits),
          baseline: () => memoryWith(little, port, LITTLE, waits),
          mostRounds: 1,
        });
      }
    }),
};

type Waits = { readonly settlingMs: number; readonly returningMs: number };

const memoryWith = (
  seeded: SeededFolder,
  port: Port,
  deliveries: number,
  { settlingMs, returningMs }: Waits,
): Promise<Figures> =>
  using(async (resources) => {
    const { folder, webhooks } = copyOf(seeded, resources);
    const carillon = await Carillon.start(resources, folder);
    await carillon.caughtUp();
    await port.reset();
    await port.behave({ kind: 'hang' });
    const outcomes = new Outcomes(folder);
    try {
      await enableAll(carillon, webhooks);
      await port.until(1);
      await delay(settlingMs);
      const due = memoryOf(carillon.pid).now;
      await port.behave(answering());
      await port.until(deliveries);
      await outcomes.reached(deliveries);
      await carillon.caughtUp();
      await delay(returningMs);
      const { now, most } = memoryOf(carillon.pid);
      return { due, drained: now, most };
    } finally {
      outcomes.close();
    }
  });
