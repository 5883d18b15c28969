import { describe, expect, it } from '@jest/globals';
import { checkQuery, cursorAfter } from '../check-query.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Condition, Query } from '../port.ts';
import { stored, tasks } from '../testing/fixtures.ts';
import { selectSql } from './query-sql.ts';
import { SqliteFile } from './testing/sqlite-file.ts';

const store = new SqliteFile();
const fields = new DeclaredFields(tasks());

async function plansOf(query: Query, projection = tasks()): Promise<readonly string[]> {
  const model = store.open();
  await model.live(projection);
  await model.close();
  const statements = selectSql('"tasks_g1"', checkQuery(fields, query), (field) => fields.typeOf(field));
  return statements.map(({ sql, values }) =>
    store
      .rows(`EXPLAIN QUERY PLAN ${sql}`, ...values, 50)
      .map(({ detail }) => String(detail).replaceAll('tasks_g1', 'tasks'))
      .join('; '),
  );
}
const next = (query: Query, last = stored('a', 5, { dueAt: 7 })) => ({
  ...query,
  cursor: cursorAfter(fields, query.sort ?? { field: 'position', direction: 'desc' }, last),
});

describe('the plan of a query', () => {
  const ofOwner: Query = { where: [{ field: 'owner', eq: 'ann' }] };
  const due: Query = {
    where: [
      { field: 'owner', eq: 'ann' },
      { field: 'dueAt', lte: 100 },
    ],
    sort: { field: 'dueAt', direction: 'asc' },
  };

  it('newest first reads the newest', async () => {
    expect(await plansOf({})).toEqual(['SCAN tasks USING INDEX tasks_position_id']);
    expect(await plansOf(next({}))).toEqual([expect.stringMatching(/^SEARCH tasks USING INDEX tasks_position_id/)]);
  });

  it('for a value, newest first, is one search without a sort', async () => {
    const search = 'SEARCH tasks USING INDEX tasks_f_owner_position_id (f_owner=?';
    expect(await plansOf(ofOwner)).toEqual([`${search})`]);
    expect(await plansOf(next(ofOwner))).toEqual([`${search} AND (position,id)<(?,?))`]);
  });

  it('for a value and a range of the next field of a list, in its order, is one search without a sort', async () => {
    const search = 'SEARCH tasks USING INDEX tasks_f_owner_f_dueAt_id (f_owner=? AND ';
    expect(await plansOf(due)).toEqual([`${search}f_dueAt<?)`]);
    expect(await plansOf(next(due))).toEqual([expect.stringContaining(search)]);
    expect((await plansOf(next(due))).join()).not.toContain('TEMP B-TREE');
  });

  it('of a page after nulls or before them stays a search', async () => {
    const sorted: Query = { ...ofOwner, sort: { field: 'dueAt', direction: 'desc' } };
    const search = 'SEARCH tasks USING INDEX tasks_f_owner_f_dueAt_id (f_owner=? AND ';
    expect(await plansOf(next(sorted))).toEqual([expect.stringContaining(search), expect.stringContaining(search)]);
  });

  it('of a range of one field needs no list', async () => {
    const plans = await plansOf({ where: [{ field: 'dueAt', lte: 100 }], sort: { field: 'dueAt', direction: 'asc' } });
    expect(plans).toEqual([expect.stringContaining('SEARCH tasks USING INDEX tasks_f_dueAt_position_id (f_dueAt<?)')]);
  });
});

describe('an index that is sparse', () => {
  const plain = tasks().fields.map((field) => ({ ...field, indexed: false as const }));
  const sparse = tasks({ fields: plain, indexes: [{ fields: ['owner', 'dueAt'], sparse: true }] });
  const ofOwner: Condition = { field: 'owner', eq: 'ann' };
  const oldestDue = { field: 'dueAt', direction: 'asc' } as const;
  const search = 'SEARCH tasks USING INDEX tasks_f_owner_f_dueAt_id (f_owner=?';

  it.each<[string, Condition]>([
    ['is there', { field: 'dueAt', exists: true }],
    ['is below a bound', { field: 'dueAt', lte: 100 }],
    ['is above a bound', { field: 'dueAt', gt: 100 }],
    ['is within bounds', { field: 'dueAt', gte: 5, lt: 100 }],
    ['has a value', { field: 'dueAt', eq: 5 }],
    ['has one of some values', { field: 'dueAt', in: [5, 6] }],
  ])('serves, without a sort, those whose last field %s', async (_, condition) => {
    const query = { where: [ofOwner, condition], sort: oldestDue };
    for (const plan of [...(await plansOf(query, sparse)), ...(await plansOf(next(query), sparse))]) {
      expect(plan).toContain(search);
      if (!('in' in condition)) expect(plan).not.toContain('TEMP B-TREE');
    }
  });

  it('serves a page after a value, of all that sort behind it', async () => {
    expect(await plansOf(next({ where: [ofOwner], sort: oldestDue }), sparse)).toEqual([
      expect.stringContaining(search),
    ]);
  });

  it.each<[string, readonly Condition[]]>([
    ['may be without the last field', [ofOwner]],
    ['are without it', [ofOwner, { field: 'dueAt', exists: false }]],
    ['have one of some values or none', [ofOwner, { field: 'dueAt', in: [5, null] }]],
  ])('is no use for those that %s', async (_, where) => {
    expect((await plansOf({ where, sort: oldestDue }, sparse)).join()).not.toContain('tasks_f_owner_f_dueAt_id');
  });
});
