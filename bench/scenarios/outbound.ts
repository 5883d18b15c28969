import { rawLoop } from '../baselines/raw.ts';
import type { Sender } from '../baselines/raw-loop.ts';
import { Receiving, type Port } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Bench, Figures, Scenario } from '../scenario.ts';

const IN_FLIGHT = 64;
/** axios needs many times as long, and a rate is a rate. */
const SHARE_OF_AXIOS = 0.2;

export const outbound: Scenario = {
  name: 'outbound',
  what: 'the guarded client of attempts alone, beside itself without the guard, raw Pool.request, and axios',
  unit: 'requests/s',
  run: (bench) =>
    using(async (resources) => {
      const receiving = new Receiving(resources);
      const kept = await receiving.open();
      const closing = await receiving.open({ kind: 'answer', status: 200, afterMs: 0, close: true });
      const requests = bench.size(100_000, 10_000);
      await against(bench, kept, 'without its guard', 'outbound-unguarded', requests);
      await against(bench, closing, 'without its guard, a connection each', 'outbound-unguarded', requests / 10);
      await against(bench, kept, 'Pool.request', 'pool', requests);
      await against(bench, kept, 'axios', 'axios', requests * SHARE_OF_AXIOS);
    }),
};

async function against(bench: Bench, port: Port, label: string, other: Sender, requests: number): Promise<void> {
  const perSecond = (sender: Sender): Promise<Figures> =>
    using(async (resources) => {
      const loop = {
        sender,
        url: `${port.url}/hook`,
        requests,
        warmUp: requests / 4,
        bytes: bench.payload,
        inFlight: IN_FLIGHT,
      };
      return { '': await rawLoop(resources, loop) };
    });
  await bench.compare({
    label: `vs ${label}`,
    unit: 'requests/s',
    ours: () => perSecond('outbound'),
    baseline: () => perSecond(other),
  });
}
