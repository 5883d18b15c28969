import { setTimeout as delay } from 'node:timers/promises';
import { Bare } from '../baselines/bare.ts';
import { sizeName } from '../payload.ts';
import { Carillon } from '../processes/carillon.ts';
import { Publishing } from '../processes/publishing.ts';
import { Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import { cpuSecondsOf } from '../processes/usage.ts';
import type { Scenario } from '../scenario.ts';
import { createWebhooks, oneEach } from '../seeding/webhooks.ts';
import { atRate, flatOut, systemOfBare, systemOfCarillon } from './publish-and-deliver.ts';

const WEBHOOKS = 10;
const IN_FLIGHT = 64;
const RATES = [200, 1_000];

export const e2e: Scenario = {
  name: 'e2e',
  what: 'publish over HTTP and deliver, at fixed rates and as fast as it goes, beside the bare pipeline; CPU of an idle server',
  unit: 'ms',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const plans = oneEach(WEBHOOKS, port.url);
      const carillon = await Carillon.start(resources, resources.folder());
      await createWebhooks(carillon, plans);
      await port.until(WEBHOOKS);
      await carillon.caughtUp();
      const bare = await Bare.start(
        resources,
        Object.fromEntries(plans.map(({ workspaceId, url }) => [workspaceId, [url]])),
      );
      const publishing = new Publishing(resources);
      const [ours, baseline] = [systemOfCarillon(carillon), systemOfBare(bare)];
      const workspaces = plans.map(({ workspaceId }) => workspaceId);

      const seconds = bench.size(10, 1);
      const idle = async (pid: number) => {
        const before = cpuSecondsOf(pid);
        await delay(seconds * 1_000);
        return { 'idle CPU': ((cpuSecondsOf(pid) - before) / seconds) * 100 };
      };
      // It still tidies up after the start: what it does from then on is what an idle server costs.
      await delay(bench.size(5_000, 1_000));
      await bench.compare({ label: '', unit: '%', ours: () => idle(carillon.pid), baseline: () => idle(bare.pid) });

      for (const perSecond of RATES) {
        const steady = { workspaces, bytes: bench.payload, perSecond };
        // The code that is measured should have been compiled by then, on both sides.
        const warmUp = { ...steady, events: perSecond * bench.size(5, 0.5) };
        for (const system of [ours, baseline]) await atRate(system, port, publishing, warmUp);
        const measured = { ...steady, events: perSecond * seconds };
        await bench.compare({
          label: `${perSecond.toLocaleString('en')}/s ${sizeName(bench.payload)}`,
          unit: 'ms',
          ours: () => atRate(ours, port, publishing, measured),
          baseline: () => atRate(baseline, port, publishing, measured),
        });
      }
      for (const bytes of bench.payloads) {
        const flat = { workspaces, bytes, inFlight: IN_FLIGHT, batch: 1, events: bench.size(50_000, 4_000) };
        await bench.compare({
          label: `as fast as it goes ${sizeName(bytes)}`,
          unit: 'deliveries/s',
          ours: () => flatOut(ours, port, publishing, flat),
          baseline: () => flatOut(baseline, port, publishing, flat),
        });
      }
    }),
};
