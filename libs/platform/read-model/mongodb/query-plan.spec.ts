import { afterAll, beforeEach, expect, it } from '@jest/globals';
import { MongoServerError, type Document } from 'mongodb';
import { checkQuery, cursorAfter } from '../check-query.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Condition, Query } from '../port.ts';
import { stored, tasks } from '../testing/fixtures.ts';
import { selections } from './query-filter.ts';
import { describeOnMongo, MongoDatabase } from './testing/mongo-database.ts';

const LIMIT = 20;
const NO_COMMAND = 59;

type Plan = { readonly stages: readonly string[]; readonly indexes: readonly string[]; readonly examined: number };

describeOnMongo('the plan of a query', ({ url }) => {
  const store = new MongoDatabase(url);
  let isExplained = true;
  afterAll(() => {
    if (!isExplained)
      process.stderr.write('\n!!! NOT TESTED: plans of queries. This server of MongoDB explains none.\n\n');
  });
  const plain = tasks().fields.map((field) => ({ ...field, indexed: false as const }));
  const sparse = tasks({ name: 'sparse', fields: plain, indexes: [{ fields: ['owner', 'dueAt'], sparse: true }] });
  const ofOwner: Condition = { field: 'owner', eq: 'owner-3' };
  const oldestDue = { field: 'dueAt', direction: 'asc' } as const;

  beforeEach(async () => {
    const documents = Array.from({ length: 1_000 }, (_, at) =>
      stored(`task-${at}`, at, {
        owner: `owner-${at % 20}`,
        dueAt: at % 3 === 0 ? null : at,
        title: `title-${at % 7}`,
      }),
    );
    for (const projection of [tasks(), sparse]) await (await store.open().live(projection)).commit(documents, 1_000);
  });

  /** Of each selection; none if the server does not explain. */
  async function plansOf(query: Query, projection = tasks()): Promise<readonly Plan[]> {
    const fields = new DeclaredFields(projection);
    const documents = await store.served(projection.name);
    const plans: Plan[] = [];
    for (const { filter, sort } of selections(fields, checkQuery(fields, query))) {
      try {
        plans.push(planOf(await documents.find(filter, { sort, limit: LIMIT }).explain('executionStats')));
      } catch (error) {
        if (!(error instanceof MongoServerError && error.code === NO_COMMAND)) throw error;
        isExplained = false;
        return [];
      }
    }
    return plans;
  }

  const next = (query: Query, projection = tasks()): Query => {
    const last = stored('task-304', 304, { owner: 'owner-4', dueAt: 304 });
    const sort = query.sort ?? { field: 'position', direction: 'desc' };
    return { ...query, cursor: cursorAfter(new DeclaredFields(projection), sort, last) };
  };

  /** Among indexes that give nothing at once the server is free to choose, so those of later pages are not named. */
  function expectSearches(plans: readonly Plan[], index?: string): void {
    for (const { stages, indexes, examined } of plans) {
      expect(stages).not.toContain('COLLSCAN');
      expect(stages).not.toContain('SORT');
      if (index !== undefined) expect(new Set(indexes)).toEqual(new Set([index]));
      expect(examined).toBeLessThanOrEqual(LIMIT);
    }
  }

  it.each<[string, Query, string]>([
    ['newest first', {}, 'by_position_id'],
    ['for a value, newest first', { where: [ofOwner] }, 'by_owner_position_id'],
    [
      'for a value and a range of the next field of a list, in its order',
      { where: [ofOwner, { field: 'dueAt', lte: 900 }], sort: oldestDue },
      'by_owner_dueAt_id',
    ],
    [
      'for a value, by the next field of a list, nulls last',
      { where: [ofOwner], sort: { field: 'dueAt', direction: 'desc' } },
      'by_owner_dueAt_id',
    ],
  ])('%s searches one index, without a sort', async (_, query, index) => {
    expectSearches(await plansOf(query), index);
    expectSearches(await plansOf(next(query)));
  });

  it.each<[string, Condition]>([
    ['is there', { field: 'dueAt', exists: true }],
    ['is below a bound', { field: 'dueAt', lte: 900 }],
    ['is above a bound', { field: 'dueAt', gt: 100 }],
    ['is within bounds', { field: 'dueAt', gte: 5, lt: 900 }],
    ['has a value', { field: 'dueAt', eq: 503 }],
  ])('of documents whose last field %s searches a sparse index', async (_, condition) => {
    const query: Query = { where: [ofOwner, condition], sort: oldestDue };
    expectSearches(await plansOf(query, sparse), 'by_owner_dueAt_id_sparse');
    expectSearches(await plansOf(next(query, sparse), sparse));
  });
});

function planOf(explained: Document): Plan {
  const winning = stagesOf(explained.queryPlanner?.winningPlan);
  return {
    stages: winning.map(({ stage }) => String(stage)),
    indexes: winning.flatMap(({ indexName }) => (indexName === undefined ? [] : [String(indexName)])),
    examined: Number(explained.executionStats?.totalDocsExamined),
  };
}

/** Whatever the server nests them in. */
function stagesOf(plan: unknown): readonly Document[] {
  if (typeof plan !== 'object' || plan === null) return [];
  const inner = Object.values(plan).flatMap((part) => stagesOf(part));
  return 'stage' in plan && typeof plan.stage === 'string' ? [plan, ...inner] : inner;
}
