import { z } from 'zod';

const instant = () => z.iso.datetime();
const engine = (...kinds: readonly [string, string]) => z.object({ kind: z.enum(kinds), ok: z.boolean() });

export const installationView = z.object({
  product: z.literal('Carillon'),
  version: z.string(),
  node: z.string().describe('Version of Node'),
  startedAt: instant().describe("When this process started, by the machine's clock"),
  now: instant().describe("By the installation's clock"),
  clock: z.enum(['system', 'manual']),
  roles: z.array(z.enum(['api', 'worker'])).describe('Of this process'),
  engines: z.object({
    events: engine('embedded', 'eventstoredb'),
    documents: engine('embedded', 'mongodb'),
    mail: z.object({ kind: z.enum(['files', 'smtp']) }),
  }),
  reasons: z.array(z.string()).describe('Why requests cannot be served, as `/health/ready` says; empty if they can'),
  followers: z.array(
    z.object({
      name: z.string(),
      kind: z.enum(['projection', 'saga', 'resident']).describe('`resident`: documents in the memory of this process'),
      lag: z.int().nullable().describe('Store positions it is behind; null while the head is not known'),
      failing: z.boolean().describe('Its last try failed, and is repeated'),
    }),
  ),
  head: z.int().nullable().describe('Position of the newest event, -1 if there is none; null if it cannot be read'),
  memory: z.object({ rssBytes: z.int() }).describe('Of this process'),
  backlog: z
    .object({
      owed: z.int().describe('Unfinished deliveries of webhooks that are enabled'),
      oldestWaitingAt: instant().nullable().describe('The earliest that any of them was, or is, due'),
      held: z.int().describe('Unfinished deliveries of webhooks that are disabled'),
    })
    .nullable()
    .describe('null if documents cannot be read'),
});
export type InstallationView = z.infer<typeof installationView>;

export const installationExample: InstallationView = {
  product: 'Carillon',
  version: '0.1.0',
  node: 'v24.21.0',
  startedAt: '2026-11-02T08:00:00.000Z',
  now: '2026-11-02T09:00:00.000Z',
  clock: 'system',
  roles: ['api', 'worker'],
  engines: {
    events: { kind: 'embedded', ok: true },
    documents: { kind: 'embedded', ok: true },
    mail: { kind: 'files' },
  },
  reasons: [],
  followers: [{ name: 'deliveries', kind: 'projection', lag: 3, failing: false }],
  head: 10_422,
  memory: { rssBytes: 148_897_792 },
  backlog: { owed: 12, oldestWaitingAt: '2026-11-02T08:59:58.120Z', held: 3 },
};
