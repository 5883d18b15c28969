import { describe, expect, it } from '@jest/globals';
import { checkQuery, cursorAfter } from '../../../platform/read-model/check-query.ts';
import { DeclaredFields } from '../../../platform/read-model/declared-fields.ts';
import { selectSql, whereSql } from '../../../platform/read-model/embedded/query-sql.ts';
import { SqliteFile } from '../../../platform/read-model/embedded/testing/sqlite-file.ts';
import type { Query } from '../../../platform/read-model/index.ts';
import { conditionsOf, listQuery, sortOf } from './list-query.ts';
import { webhooks } from './webhooks.projection.ts';

const fields = new DeclaredFields(webhooks);
const typeOf = (field: string) => fields.typeOf(field);
const TABLE = '"webhooks_g1"';

const sorts: readonly (readonly [string, string])[] = [
  ['name', 'f_nameKey'],
  ['-name', 'f_nameKey'],
  ['created', 'f_createdAt'],
  ['-created', 'f_createdAt'],
  ['updated', 'f_updated'],
  ['-updated', 'f_updated'],
];
const filters: readonly Record<string, string>[] = [
  {},
  { search: 'billing' },
  { state: 'exhausted' },
  { state: 'expiring' },
  { status: 'enabled', version: '2026-01-01', trigger: 'workspace-created', search: 'billing' },
];
const asked = filters.flatMap((filter) =>
  sorts.map(([sort, column]) => [JSON.stringify({ sort, ...filter }), { sort, ...filter }, column] as const),
);

describe('a page of the list of webhooks', () => {
  const store = new SqliteFile();

  async function opened(): Promise<void> {
    const model = store.open();
    await model.live(webhooks);
    await model.close();
  }
  const plan = (sql: string, ...values: readonly (string | number | null)[]) =>
    store.rows(`EXPLAIN QUERY PLAN ${sql}`, ...values).map(({ detail }) => String(detail));

  it.each(asked)('%s reads one index in its order, without a sort', async (_, query, column) => {
    await opened();
    const read = listQuery.parse(query);
    const where = conditionsOf('company1', read, () => ['2026-01-01']);
    const first: Query = { where, sort: sortOf(read) };
    const last = { nameKey: 'a', createdAt: 1, updated: 1 };
    const cursor = cursorAfter(fields, sortOf(read), { id: 'x', position: 1, document: last });
    for (const page of [first, { ...first, cursor }]) {
      const statements = selectSql(TABLE, checkQuery(fields, page), typeOf);
      for (const { sql, values } of statements) {
        const steps = plan(sql, ...values, 50);
        expect(steps[0]).toContain(`SEARCH webhooks_g1 USING INDEX webhooks_g1_f_workspaceId_f_removed_${column}_id`);
        expect(steps[0]).toContain('(f_workspaceId=? AND f_removed=?');
        expect(steps.join()).not.toContain('TEMP B-TREE');
      }
    }
  });

  it.each(filters)('counts within the workspace alone: %j', async (filter) => {
    await opened();
    const { sql, values } = whereSql(
      conditionsOf('company1', listQuery.parse(filter), () => []),
      typeOf,
    );
    const steps = plan(`SELECT count(*) FROM (SELECT 1 FROM ${TABLE} WHERE ${sql} LIMIT ?)`, ...values, 10_001);
    expect(steps.join()).toMatch(/SEARCH webhooks_g1 USING (COVERING )?INDEX \S+ \(f_workspaceId=\? AND f_removed=\?/);
  });
});
