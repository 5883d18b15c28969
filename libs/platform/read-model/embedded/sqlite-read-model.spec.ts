import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { checkQuery, cursorAfter } from '../check-query.ts';
import { DeclaredFields } from '../declared-fields.ts';
import type { Query } from '../port.ts';
import { stored, tasks } from '../testing/fixtures.ts';
import { selectSql } from './query-sql.ts';
import { openSqliteReadModel, type SqliteReadModel } from './sqlite-read-model.ts';

let folder: string;
let file: string;
let opened: SqliteReadModel[] = [];
const open = () => {
  const model = openSqliteReadModel(file);
  opened.push(model);
  return model;
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'carillon-read-model-'));
  file = join(folder, 'read-models.db');
  opened = [];
});
afterEach(async () => {
  for (const model of opened) await model.close();
  rmSync(folder, { recursive: true });
});

describe('the plan of a query', () => {
  const fields = new DeclaredFields(tasks());

  async function plansOf(query: Query): Promise<readonly string[]> {
    await open().live(tasks());
    const db = new DatabaseSync(file, { readOnly: true });
    const table = String(
      db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE 'tasks_g%' AND type = 'table'").get()?.name,
    );
    const statements = selectSql(`"${table}"`, checkQuery(fields, query), (field) => fields.typeOf(field));
    const plans = statements.map(({ sql, values }) =>
      db
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all(...values, 50)
        .map(({ detail }) => String(detail).replace(/tasks_g\d+/g, 'tasks'))
        .join('; '),
    );
    db.close();
    return plans;
  }
  const next = (query: Query, last = stored('a', 5, { dueAt: 7 })) => ({
    ...query,
    cursor: cursorAfter(fields, query.sort ?? { field: 'position', direction: 'desc' }, last),
  });

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

describe('the file', () => {
  it('is made anew when it is no database', async () => {
    writeFileSync(file, 'this is no database, and it is longer than a header of one hundred bytes. '.repeat(20));
    const model = open();
    expect(model.recreated).toBe(true);
    const all = await model.live(tasks());
    await all.commit([stored('a', 1)], 1);
    await model.close();
    expect(await (await open().live(tasks())).get('a')).toEqual(stored('a', 1));
  });

  it('is made anew when its pages are damaged', async () => {
    const model = open();
    await (await model.live(tasks())).commit([stored('a', 1)], 1);
    await model.close();
    const header = Buffer.alloc(4096, 0xff);
    header.write('SQLite format 3\0');
    writeFileSync(file, header);
    const again = open();
    expect(again.recreated).toBe(true);
    expect(await (await again.live(tasks())).count()).toBe(0);
  });

  it('is made anew when its tables are those of another layout', async () => {
    const other = new DatabaseSync(file);
    other.exec('CREATE TABLE collections (anything); PRAGMA user_version = 99');
    other.close();
    expect(open().recreated).toBe(true);
    expect(open().recreated).toBe(false);
  });

  it('is kept when it is sound', async () => {
    const model = open();
    expect(model.recreated).toBe(false);
    await model.close();
    await model.close();
    expect(open().recreated).toBe(false);
  });

  it('holds no table of a dropped set', async () => {
    const model = open();
    await model.live(tasks());
    await model.rebuild(tasks({ version: 2 }));
    await model.rebuild(tasks({ version: 2 }));
    await model.swap('tasks');
    await model.rebuild(tasks({ version: 3 }));
    await model.close();
    open();
    const db = new DatabaseSync(file, { readOnly: true });
    expect(db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'tasks%'").all()).toHaveLength(
      1,
    );
    db.close();
  });
});
