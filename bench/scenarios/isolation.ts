import { Carillon } from '../processes/carillon.ts';
import { Publishing } from '../processes/publishing.ts';
import { answering, Receiving, type Port } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { createWebhooks, oneEach } from '../seeding/webhooks.ts';
import { latencies } from '../statistics.ts';

const HEALTHY = 99;
/** Events of one webhook a second. */
const EACH_PER_SECOND = 4;

export const isolation: Scenario = {
  name: 'isolation',
  what: 'latency of 99 healthy webhooks while a hundredth hangs, others refuse, answer after 10 s and drip, beside the same without these four',
  unit: 'ms',
  run: (bench) =>
    using(async (resources) => {
      const receiving = new Receiving(resources);
      const [healthy, hanging, refusing, late, dripping] = await Promise.all([
        receiving.open(),
        receiving.open({ kind: 'hang' }),
        receiving.open(),
        receiving.open(answering(10_000)),
        receiving.open({ kind: 'drip' }),
      ]);
      await refusing.close();
      const seconds = { warmUp: bench.size(5, 1), measured: bench.size(30, 3) };
      await bench.compare({
        label: '99 healthy webhooks',
        unit: 'ms',
        ours: () => healthyLatencies(healthy, [hanging, refusing, late, dripping], seconds),
        baseline: () => healthyLatencies(healthy, [], seconds),
      });
    }),
};

type Seconds = { readonly warmUp: number; readonly measured: number };

const healthyLatencies = (healthy: Port, bad: readonly Port[], seconds: Seconds): Promise<Figures> =>
  using(async (resources) => {
    const carillon = await Carillon.start(resources, resources.folder());
    const plans = [
      ...oneEach(HEALTHY, healthy.url),
      ...bad.map(({ url }, n) => ({ url, workspaceId: `bench-bad-${n}` })),
    ];
    await healthy.reset();
    await createWebhooks(carillon, plans);
    await healthy.until(HEALTHY);
    const publishing = new Publishing(resources);
    const workspaces = plans.map(({ workspaceId }) => workspaceId);
    const publish = async (forSeconds: number) => {
      const each = EACH_PER_SECOND * forSeconds;
      const perSecond = EACH_PER_SECOND * plans.length;
      await healthy.reset();
      const { url: origin, token } = carillon;
      await publishing.steady({ origin, token, workspaces, bytes: 1024, perSecond, events: each * plans.length });
      await healthy.until(each * HEALTHY);
    };
    await publish(seconds.warmUp);
    await publish(seconds.measured);
    return latencies((await healthy.received()).latencies);
  });
