import { Pool } from 'undici';
import { PlainQueries } from '../baselines/plain-query.ts';
import { nowMicros } from '../open-loop.ts';
import { Carillon } from '../processes/carillon.ts';
import { Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import type { Figures, Scenario } from '../scenario.ts';
import { seedFolder } from '../seeding/seeded-folder.ts';
import { percentile } from '../statistics.ts';

const WEBHOOKS = 20;
const LIMIT = 50;

/** A list as the API is asked for it, and the same condition on the columns of the documents. */
type List = { readonly label: string; readonly path: string; readonly where: Readonly<Record<string, string>> };

export const lists: Scenario = {
  name: 'lists',
  what: 'the newest 50 deliveries of a webhook, of a workspace, by status and of an event over HTTP, beside the same SQL',
  unit: 'ms',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const deliveries = bench.size(1_000_000, 10_000);
      const seed = { webhooks: WEBHOOKS, deliveries, bytes: bench.payload, port, state: 'succeeded' } as const;
      const { folder, webhooks } = await seedFolder(resources, seed);
      const carillon = await Carillon.start(resources, folder);
      await carillon.caughtUp();
      const pool = new Pool(carillon.url);
      const queries = new PlainQueries(folder);
      const get = async (path: string): Promise<{ eventId?: string; items?: { eventId: string }[] }> => {
        const headers = { authorization: `Bearer ${carillon.token}` };
        const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
        if (statusCode !== 200) throw new Error(`GET ${path} answered ${statusCode}: ${await body.text()}`);
        return (await body.json()) as { items?: { eventId: string }[] };
      };
      const { items = [] } = await get(`/deliveries?limit=${LIMIT}`);
      const eventIds = items.map(({ eventId }) => eventId);
      const of = (make: (n: number) => List): List[] => Array.from({ length: bench.size(200, 40) }, (_, n) => make(n));
      const webhookAt = (n: number) => webhooks[n % webhooks.length] ?? { id: '', workspaceId: '' };
      const kinds: List[][] = [
        of((n) => list('of a webhook', `webhook=${webhookAt(n).id}`, { webhookId: webhookAt(n).id })),
        of((n) =>
          list('of a workspace', `workspace=${webhookAt(n).workspaceId}`, { workspaceId: webhookAt(n).workspaceId }),
        ),
        of((n) => {
          const where = { webhookId: webhookAt(n).id, outcome: 'succeeded' };
          return list('succeeded, of a webhook', `webhook=${webhookAt(n).id}&status=succeeded`, where);
        }),
        of((n) => {
          const where = { workspaceId: webhookAt(n).workspaceId, outcome: 'unfinished' };
          return list('pending, of a workspace', `workspace=${webhookAt(n).workspaceId}&status=pending`, where);
        }),
        of((n) => {
          const eventId = eventIds[n % eventIds.length] ?? '';
          return list('of an event', `event=${eventId}`, { eventId });
        }),
      ];
      try {
        for (const kind of kinds) {
          await bench.compare({
            label: kind[0]?.label ?? '',
            unit: 'ms',
            ours: () => timed(kind, ({ path }) => get(path)),
            baseline: () => timed(kind, async ({ where }) => queries.newest({ where, limit: LIMIT + 1 })),
          });
        }
      } finally {
        queries.close();
        await pool.close();
      }
    }),
};

const list = (label: string, query: string, where: List['where']): List => ({
  label,
  path: `/deliveries?limit=${LIMIT}&${query}`,
  where,
});

async function timed(each: readonly List[], ask: (list: List) => Promise<unknown>): Promise<Figures> {
  const micros: number[] = [];
  for (const one of each) {
    const askedAt = nowMicros();
    await ask(one);
    micros.push(nowMicros() - askedAt);
  }
  return { p50: percentile(micros, 50) / 1_000, p95: percentile(micros, 95) / 1_000 };
}
