import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { countedPage, type ReadModel } from '../../../platform/read-model/index.ts';
import { describeOnMongo, MongoDatabase } from '../../../platform/read-model/mongodb/testing/mongo-database.ts';
import { created } from '../webhook/testing/webhook-history.ts';
import type { DisabledBy, WebhookEvent } from '../webhook/webhook.events.ts';
import { conditionsOf, listQuery, sortOf, type ListQuery } from './list-query.ts';
import { webhooks, type WebhookDocument } from './webhooks.projection.ts';

const EXPIRING = '2026-01-01';
const TRIGGERS = ['a', 'b', 'a-b', 'a.b', 'b-a'];

const name = fc.oneof(
  fc.constantFrom('Billing', 'billing', 'BILLING 2', 'Été', 'été', '%', '.*', "it's", 'a_b', '(x)', '', '[a]\\'),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
);
const history = fc
  .record({
    workspaceId: fc.constantFrom('here', 'here', 'there'),
    name,
    path: fc.constantFrom('', 'Billing', 'x?y=%20'),
    triggers: fc.subarray(TRIGGERS),
    version: fc.constantFrom(EXPIRING, '2026-11-01'),
    disabledBy: fc.constantFrom<DisabledBy | null>(null, null, 'admin', 'exhausted', 'gone', 'expired'),
    removed: fc.constantFrom(false, false, false, true),
  })
  .map(({ workspaceId, path, disabledBy, removed, ...settings }) => (webhookId: string): WebhookEvent[] => {
    const of = { webhookId, workspaceId };
    const url = `https://customer.example/${path}`;
    return [
      { type: 'WebhookCreated', data: { ...created.data, ...of, ...settings, url, status: 'enabled', epoch: 0 } },
      ...(disabledBy === null ? [] : [{ type: 'WebhookDisabled' as const, data: { ...of, by: disabledBy, epoch: 1 } }]),
      ...(removed ? [{ type: 'WebhookRemoved' as const, data: of }] : []),
    ];
  });

const questions: fc.Arbitrary<ListQuery> = fc
  .record(
    {
      search: fc.oneof(
        fc.constantFrom('ILL', 'é', 'É', '.', '%', '(', "'", '\\', 'example/b', '20'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }),
      ),
      sort: fc.constantFrom('name', '-name', 'created', '-created', 'updated', '-updated'),
      state: fc.constantFrom('enabled', 'disabled', 'exhausted', 'expired', 'expiring'),
      status: fc.constantFrom('enabled', 'disabled'),
      version: fc.constantFrom(EXPIRING, '2026-11-01', 'none'),
      trigger: fc.constantFrom(...TRIGGERS),
      limit: fc.integer({ min: 1, max: 5 }),
    },
    { requiredKeys: [] },
  )
  .map((query) => listQuery.parse(query));

/** What a query means, in the plainest words. */
function fits(query: ListQuery) {
  const { search, state, status, version, trigger } = query;
  const states: Record<NonNullable<typeof state>, (webhook: WebhookDocument) => boolean> = {
    enabled: (webhook) => webhook.status === 'enabled',
    disabled: (webhook) => webhook.status === 'disabled',
    exhausted: (webhook) => webhook.disabledBy === 'exhausted',
    expired: (webhook) => webhook.disabledBy === 'expired',
    expiring: (webhook) => webhook.status === 'enabled' && webhook.version === EXPIRING,
  };
  return (webhook: WebhookDocument): boolean =>
    webhook.workspaceId === 'here' &&
    !webhook.removed &&
    (state === undefined || states[state](webhook)) &&
    (status === undefined || webhook.status === status) &&
    (version === undefined || webhook.version === version) &&
    (trigger === undefined || webhook.triggers.includes(trigger)) &&
    (search === undefined ||
      [webhook.name, webhook.url].some((text) => text.toLowerCase().includes(search.toLowerCase())));
}

function inOrder({ sort }: ListQuery) {
  const keyOf = (webhook: WebhookDocument) =>
    ({ name: webhook.name.toLowerCase(), created: webhook.createdAt, updated: webhook.updated })[
      sort.replace('-', '') as 'name' | 'created' | 'updated'
    ];
  const compare = (a: string | number, b: string | number) =>
    typeof a === 'number' || typeof b === 'number'
      ? Number(a) - Number(b)
      : Buffer.compare(Buffer.from(a), Buffer.from(b));
  const sign = sort.startsWith('-') ? -1 : 1;
  return (a: WebhookDocument, b: WebhookDocument): number =>
    sign * (compare(keyOf(a), keyOf(b)) || compare(a.id, b.id));
}

function describeLists(readModel: () => ReadModel) {
  it('answers every page of every query, and how many fit, as a plain list would', async () => {
    let run = 0;
    const property = fc.asyncProperty(
      fc.array(history, { maxLength: 15 }),
      fc.array(questions, { minLength: 1, maxLength: 8 }),
      async (histories, asked) => {
        const events = histories.flatMap((eventsOf, i) => eventsOf(`w-${i}`));
        const recorded = record(events, ({ data }) => `webhook-${data.webhookId}`);
        const all = Object.values(projecting(webhooks, recorded).documents);
        const documents = await readModel().live({ ...webhooks, name: `webhooks-${run++}` });
        await documents.commit(
          all.map((document, position) => ({ id: document.id, position, document })),
          all.length,
        );
        for (const query of asked) {
          const expected = all.filter(fits(query)).sort(inOrder(query));
          const where = conditionsOf('here', query, () => [EXPIRING]);
          const found: string[] = [];
          for (let cursor: string | null | undefined; cursor !== null;) {
            const page = await countedPage(documents, { where, sort: sortOf(query), limit: query.limit, cursor });
            expect(page).toMatchObject({ total: expected.length, totalIsAtLeast: false });
            found.push(...page.items.map(({ id }) => id));
            cursor = page.nextCursor;
          }
          expect(found).toEqual(expected.map(({ id }) => id));
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  }, 120_000);
}

describe('the list of webhooks on the embedded read model', () => {
  let stores: Stores;
  beforeEach(async () => void (stores = await Stores.open()));
  afterEach(() => stores.dispose());
  describeLists(() => stores.readModel);
});

describeOnMongo('the list of webhooks on MongoDB', ({ url }) => {
  const database = new MongoDatabase(url);
  let readModel: ReadModel;
  beforeEach(() => void (readModel = database.open()));
  describeLists(() => readModel);
});
