import { rawLoop } from '../baselines/raw.ts';
import { nowMicros } from '../open-loop.ts';
import { Carillon } from '../processes/carillon.ts';
import { Outcomes } from '../processes/outcomes.ts';
import { secondsBetween } from '../processes/publishing.ts';
import type { Port } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Figures } from '../scenario.ts';
import { copyOf, type SeededFolder } from '../seeding/seeded-folder.ts';
import { enableAll } from '../seeding/webhooks.ts';

/**
 * Deliveries a second of a server that has all of them owed: from the first request until every outcome is on the disk and all
 * projections have caught up. The server has caught up and stands still before its webhooks are enabled.
 */
export const drain = (seeded: SeededFolder, port: Port, deliveries: number): Promise<Figures> =>
  using(async (resources) => {
    const { folder, webhooks } = copyOf(seeded, resources);
    const carillon = await Carillon.start(resources, folder);
    await carillon.caughtUp();
    await port.reset();
    const outcomes = new Outcomes(folder);
    try {
      await enableAll(carillon, webhooks);
      await port.until(deliveries);
      await outcomes.reached(deliveries);
      await carillon.caughtUp();
      const { firstAt } = await port.received();
      return { '': deliveries / secondsBetween(firstAt, nowMicros()) };
    } finally {
      outcomes.close();
    }
  });

/** The same number of requests by the raw loop. */
export const drainRaw = (port: Port, requests: number, bytes: number, inFlight: number): Promise<Figures> =>
  using(async (resources) => {
    const perSecond = await rawLoop(resources, { sender: 'pool', url: `${port.url}/raw`, requests, bytes, inFlight });
    return { '': perSecond };
  });
