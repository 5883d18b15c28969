import { Pool } from 'undici';
import { openParts } from '../../apps/server/parts.ts';
import { Server } from '../../apps/server/server.ts';
import { readConfig } from '../../libs/platform/config/index.ts';
import { SameStatements } from '../baselines/same-statements.ts';
import { nowMicros } from '../open-loop.ts';
import { CLIENT, Carillon } from '../processes/carillon.ts';
import { Receiving } from '../processes/receiving.ts';
import { using } from '../processes/resources.ts';
import { planOf, Statements, type Statement } from '../processes/statements.ts';
import type { Bench, Figures, Scenario } from '../scenario.ts';
import { writeHistory } from '../seeding/history.ts';
import { createWebhooks, type Webhook } from '../seeding/webhooks.ts';
import { percentile } from '../statistics.ts';

const WORKSPACE = 'bench';
const DAY_MS = 86_400_000;
const TIMES = 40;

export const consolePages: Scenario = {
  name: 'console',
  what: 'what the pages of the console ask for, at 10,000 webhooks of one workspace and 1,000,000 deliveries, half of them of one webhook',
  unit: 'ms',
  run: (bench) =>
    using(async (resources) => {
      const port = await new Receiving(resources).open();
      const folder = resources.folder();
      const webhooks = await seed(bench, await Carillon.start(resources, folder), port.url);
      const busiest = webhooks[0] as Webhook;
      const deliveries = bench.size(1_000_000, 10_000);
      // Every second one is of the busiest.
      await writeHistory(folder, {
        deliveries,
        bytes: bench.payload,
        webhooks: webhooks.flatMap((webhook) => [busiest, webhook]),
        state: 'succeeded',
      });
      const catchingUp = await Carillon.start(resources, folder);
      await catchingUp.caughtUp(50);
      await catchingUp.stop();
      await measure(bench, folder, requestsOf(webhooks, busiest));
    }),
};

async function seed(bench: Bench, carillon: Carillon, url: string): Promise<readonly Webhook[]> {
  const plans = Array.from({ length: bench.size(10_000, 200) }, (_, n) => ({
    name: `Webhook ${n}`,
    url: `${url}/hook-${n}`,
    workspaceId: WORKSPACE,
    status: 'disabled' as const,
  }));
  const webhooks = await createWebhooks(carillon, plans);
  await carillon.stop();
  return webhooks;
}

type Request = readonly [page: string, path: string];

function requestsOf(webhooks: readonly Webhook[], { id }: Webhook): readonly Request[] {
  const shown = webhooks.slice(0, 50).map((webhook) => webhook.id);
  const from = new Date(Date.now() - 30 * DAY_MS).toISOString();
  return [
    ['list by name', '/settings/webhooks?sort=name'],
    ['list, searched: one is found', '/settings/webhooks?sort=name&search=hook-177'],
    ['list, searched: none is found', '/settings/webhooks?sort=name&search=nowhere'],
    ['list of the expiring', '/settings/webhooks?state=expiring&sort=name&limit=200'],
    ['list, last day of each row', `/webhook-statistics/latest?webhooks=${shown.join(',')}`],
    ['details, deliveries', `/deliveries?webhook=${id}`],
    ['details, failed deliveries', `/deliveries?webhook=${id}&status=exhausted`],
    ['details, answered 5xx', `/deliveries?webhook=${id}&code=5xx`],
    ['details, a trigger of none of them', `/deliveries?webhook=${id}&type=protected-users-added`],
    ['details, how many match', `/deliveries/count?webhook=${id}`],
    ['details, chart of 30 days', `/webhook-statistics?webhook=${id}&from=${from}`],
    ['activity', '/activity'],
    ['jobs in the header', '/redeliveries?status=running'],
  ];
}

/** In this process, so that what SQLite is asked can be listened to. */
async function measure(bench: Bench, folder: string, requests: readonly Request[]): Promise<void> {
  const statements = new Statements();
  const env = { PORT: '0', DATA_DIR: folder, LOG_LEVEL: 'silent' };
  const parts = await openParts(readConfig(env), { writer: 'thread' });
  const server = await Server.create(parts);
  const same = new SameStatements();
  const url = (await server.listen()).replace('[::1]', '127.0.0.1');
  const pool = new Pool(url);
  try {
    const grant = {
      client_id: CLIENT.id,
      client_secret: CLIENT.secret,
      audience: '',
      grant_type: 'client_credentials',
    };
    const token = await fetch(`${url}/oauth/token`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(grant),
    });
    const { access_token } = (await token.json()) as { access_token: string };
    const headers = { authorization: `Bearer ${access_token}`, workspace: WORKSPACE };
    const get = async (path: string): Promise<void> => {
      const { statusCode, body } = await pool.request({ method: 'GET', path, headers });
      const text = await body.text();
      if (statusCode !== 200) throw new Error(`GET ${path} answered ${statusCode}: ${text.slice(0, 200)}`);
    };
    for (const [page, path] of requests) {
      await get(path);
      const asked = await statements.during(() => get(path));
      await bench.compare({
        label: page,
        unit: 'ms',
        ours: () => timed(() => get(path)),
        baseline: () => timed(async () => same.run(asked)),
      });
      bench.note(`  ${inWords(asked)}`);
    }
  } finally {
    same.close();
    await pool.close();
    await server.stop();
  }
}

/** How many there were, and each different plan once. */
function inWords(asked: readonly Statement[]): string {
  const plans = [...new Set(asked.map(planOf))];
  return [`${asked.length} ${asked.length === 1 ? 'query' : 'queries'}`, ...plans].join('\n    ');
}

async function timed(work: () => Promise<void>): Promise<Figures> {
  const micros: number[] = [];
  for (let n = 0; n < TIMES; n++) {
    const begun = nowMicros();
    await work();
    micros.push(nowMicros() - begun);
  }
  return { p50: percentile(micros, 50) / 1_000, p95: percentile(micros, 95) / 1_000 };
}
