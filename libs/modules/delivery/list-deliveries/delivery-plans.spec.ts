import { describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import type { EventStore } from '../../../platform/event-store/index.ts';
import { ResidentDocuments } from '../../../platform/processing/index.ts';
import { checkQuery } from '../../../platform/read-model/check-query.ts';
import { DeclaredFields } from '../../../platform/read-model/declared-fields.ts';
import { selectSql, whereSql, type Fragment } from '../../../platform/read-model/embedded/query-sql.ts';
import { SqliteFile } from '../../../platform/read-model/embedded/testing/sqlite-file.ts';
import type { Collection } from '../../../platform/read-model/index.ts';
import { countUpToMost } from '../count-deliveries/bounded-count.ts';
import { deliveries, type DeliveryDocument } from '../delivery/deliveries.projection.ts';
import { lanes, type Lane } from '../lanes/lanes.projection.ts';
import { readPage } from '../redelivery/redelivery-pages.ts';
import { deliveryWith } from '../send-attempts/testing/documents.ts';
import { deliveryFilter, deliverySelection } from './delivery-filter.ts';
import { FindDeliveries, placeOf, selecting } from './find-deliveries.ts';

const file = new SqliteFile();
const fields = new DeclaredFields(deliveries);
const typeOf = (field: string) => fields.typeOf(field);
const REACH = [{ field: 'workspaceId', in: ['workspace'] }];
const WORKSPACE = [{ field: 'workspaceId', eq: 'workspace' }];

/** The plans of all statements that this asks of the documents. */
async function plansOf(ask: (collection: Collection<DeliveryDocument>) => Promise<unknown>): Promise<string[]> {
  const model = file.open();
  const live = await model.live(deliveries);
  const one = deliveryWith('one', { lastStatusCode: 503, failedPosition: 1, eventPosition: 1 });
  await live.commit([{ id: 'one', position: 1, document: one }], 1);
  const asked: Fragment[] = [];
  await ask({
    get: (id) => live.get(id),
    getMany: (ids) => live.getMany(ids),
    commit: (documents, checkpoint) => live.commit(documents, checkpoint),
    checkpoint: () => live.checkpoint(),
    find: (query) => {
      asked.push(...selectSql('"deliveries_g1"', checkQuery(fields, query), typeOf));
      return live.find(query);
    },
    count: (where = [], atMost) => {
      const { sql, values } = whereSql(where, typeOf);
      asked.push({ sql: `SELECT count(*) FROM (SELECT 1 FROM "deliveries_g1" WHERE ${sql} LIMIT ?)`, values });
      return live.count(where, atMost);
    },
  });
  await model.close();
  return asked.map(({ sql, values }) =>
    file
      .rows(`EXPLAIN QUERY PLAN ${sql}`, ...values, 50)
      .map(({ detail }) => String(detail).replaceAll('deliveries_g1', 'deliveries'))
      .join('; '),
  );
}

async function finder(collection: Collection<DeliveryDocument>): Promise<FindDeliveries> {
  const none = { ...collection, find: async () => ({ items: [], nextCursor: null }), checkpoint: async () => -1 };
  const resident = new ResidentDocuments<Lane>(
    lanes as never,
    { ...none, stale: false } as unknown as Collection<Lane> & { stale: boolean },
    {} as EventStore,
    pino({ level: 'silent' }),
  );
  return new FindDeliveries(collection, resident);
}

const BY_WEBHOOK = /deliveries_f_webhookId_f_eventPosition_id \(f_webhookId=\?/;
const BY_OUTCOME = /deliveries_f_webhookId_f_outcome_f_eventPosition_id \(f_webhookId=\? AND f_outcome=\?/;
const OF_FAILURES = /deliveries_f_webhookId_f_failedPosition_id \(f_webhookId=\?/;
const OF_JOB = /deliveries_f_redeliveryId_f_redeliveryPosition_id \(f_redeliveryId=\?/;
const OF_JOB_BY_OUTCOME = /f_redeliveryId_f_outcome_f_redeliveryPosition_id \(f_redeliveryId=\? AND f_outcome=\?/;

/** What is looked through is counted first, up to a bound; then it is searched in the index. */
function expectLedBy(index: RegExp, plans: readonly string[]): void {
  expect(plans.at(-1)).toMatch(index);
  expect(plans.length).toBeLessThanOrEqual(2);
  for (const plan of plans) expect(plan).toMatch(/^(?!.*TEMP B-TREE).*SEARCH deliveries USING (COVERING )?INDEX/);
}

describe.each<[string, object, RegExp]>([
  ['a webhook', { webhook: 'hook' }, BY_WEBHOOK],
  ['a webhook and the workspace of the event', { webhook: 'hook', eventWorkspace: 'child' }, BY_WEBHOOK],
  ['a webhook and a trigger', { webhook: 'hook', type: 'created' }, BY_WEBHOOK],
  ['a webhook and a status', { webhook: 'hook', status: 'exhausted' }, BY_OUTCOME],
  ['a webhook, a status and a code', { webhook: 'hook', status: 'exhausted', code: '5xx' }, BY_OUTCOME],
  ['a webhook, a status and a reason', { webhook: 'hook', status: 'exhausted', errorClass: 'dns' }, BY_OUTCOME],
  ['a webhook and a code of failures', { webhook: 'hook', code: '503' }, OF_FAILURES],
  ['a webhook and a class of them', { webhook: 'hook', code: '4xx' }, OF_FAILURES],
  ['a webhook and a reason', { webhook: 'hook', errorClass: 'timeout' }, OF_FAILURES],
  ['a webhook and a code of successes', { webhook: 'hook', code: '200' }, BY_WEBHOOK],
  ['a job', { redelivery: 'job' }, OF_JOB],
  ['a job and a code', { redelivery: 'job', webhook: 'hook', code: '503' }, OF_JOB],
  ['a job and a status', { redelivery: 'job', status: 'succeeded' }, OF_JOB_BY_OUTCOME],
])('the deliveries of %s', (_, filter, index) => {
  it.each([
    ['of the whole installation', []],
    ['of a reach', REACH],
    ['of a workspace', WORKSPACE],
  ] as const)('are searched for in one index and in its order: %s', async (_of, visible) => {
    const plans = await plansOf(async (collection) =>
      (await finder(collection)).find(deliveryFilter.parse(filter), visible),
    );
    expectLedBy(index, plans);
  });

  it('are counted in the same', async () => {
    const selection = deliverySelection.parse(filter);
    const plans = await plansOf((collection) =>
      countUpToMost(collection, selecting(selection, WORKSPACE), placeOf(selection)),
    );
    expectLedBy(index, plans);
  });
});

describe('a page of a job with a filter', () => {
  it('searches by webhook, outcome and position', async () => {
    const wanted = { webhookId: 'hook', what: 'all', since: null, until: null, filter: { code: '5xx' } } as const;
    const plans = await plansOf((collection) => readPage(collection, wanted, { after: -1, upTo: 100 }, 200));
    expect(plans).toHaveLength(5);
    for (const plan of plans) {
      expect(plan).toMatch(BY_OUTCOME);
      expect(plan).not.toContain('TEMP B-TREE');
    }
  });
});

describe('what has become of the deliveries of a job', () => {
  it('is counted in an index alone', async () => {
    const of = (outcome: string) => [
      { field: 'redeliveryId', eq: 'job' },
      { field: 'outcome', eq: outcome },
      { field: 'redeliveryPosition', exists: true },
    ];
    const plans = await plansOf((collection) => collection.count(of('succeeded')));
    expect(plans.join()).toMatch(new RegExp(`COVERING INDEX deliveries_${OF_JOB_BY_OUTCOME.source}`));
  });
});
