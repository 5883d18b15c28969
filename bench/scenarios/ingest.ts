import { Bare } from '../baselines/bare.ts';
import { sizeName } from '../payload.ts';
import { Carillon } from '../processes/carillon.ts';
import { Publishing, secondsBetween } from '../processes/publishing.ts';
import { using } from '../processes/resources.ts';
import type { Scenario } from '../scenario.ts';
import { createWebhooks } from '../seeding/webhooks.ts';
import type { Flat } from '../processes/publisher.ts';

const IN_FLIGHT = 64;
const WORKSPACE = 'bench-without-webhooks';

/** Nobody is owed anything: what counts is the door, and that the projections have seen it. */
export const ingest: Scenario = {
  name: 'ingest',
  what: 'publish with no matching webhook, one event a request and in batches of 100, beside a bare node:http server with group commit',
  unit: 'events/s',
  run: (bench) =>
    using(async (resources) => {
      const carillon = await Carillon.start(resources, resources.folder());
      const bare = await Bare.start(resources, {});
      const publishing = new Publishing(resources);
      // One in another workspace, so that fan-out has something to decide.
      await createWebhooks(carillon, [
        { url: 'http://127.0.0.1:9/', workspaceId: 'bench-other', status: 'disabled' },
        { url: 'http://127.0.0.1:9/', workspaceId: WORKSPACE, status: 'disabled' },
      ]);
      const kinds = [
        { label: 'one a request', batch: 1, events: bench.size(20_000, 3_000) },
        { label: 'batches of 100', batch: 100, events: bench.size(100_000, 10_000) },
      ];
      for (const bytes of bench.payloads) {
        for (const { label, batch, events } of kinds) {
          const flat: Omit<Flat, 'prefix' | 'origin' | 'token'> = {
            workspaces: [WORKSPACE],
            bytes,
            batch,
            events,
            inFlight: IN_FLIGHT,
          };
          await bench.compare({
            label: `${label} ${sizeName(bytes)}`,
            unit: 'events/s',
            ours: async () => {
              const { startedAt, endedAt } = await publishing.flat({
                ...flat,
                origin: carillon.url,
                token: carillon.token,
              });
              await carillon.caughtUp();
              return { '': events / secondsBetween(startedAt, endedAt) };
            },
            baseline: async () => {
              const { startedAt, endedAt } = await publishing.flat({ ...flat, origin: bare.url, token: '' });
              return { '': events / secondsBetween(startedAt, endedAt) };
            },
          });
        }
      }
    }),
};
