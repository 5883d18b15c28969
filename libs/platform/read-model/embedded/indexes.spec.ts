import { describe, expect, it } from '@jest/globals';
import type { Projection } from '../../kernel/index.ts';
import { found, stored, tasks, type Task } from '../testing/fixtures.ts';
import { SqliteFile } from './testing/sqlite-file.ts';

const store = new SqliteFile();
const unindexed = tasks().fields.map((field) => ({ ...field, indexed: false as const }));

/** Opens the documents as this projection declares them, and closes them again. */
async function openAs(change: Partial<Projection<Task, never>>): Promise<readonly string[]> {
  const model = store.open();
  const all = await model.live(tasks({ fields: unindexed, ...change }));
  await all.commit([stored('a', 1, { owner: 'ann', dueAt: 5 }), stored('b', 2, { owner: 'ann' })], 2);
  const due = { where: [{ field: 'dueAt', exists: true }] };
  expect([await found(all, due), await found(all, {})]).toEqual([['a'], ['b', 'a']]);
  await model.close();
  const rows = store.rows(
    "SELECT sql FROM sqlite_schema WHERE tbl_name = 'tasks_g1' AND type = 'index' AND sql IS NOT NULL ORDER BY name",
  );
  return rows.map(({ sql }) => String(sql).replace(/^CREATE INDEX "tasks_g1_[^"]*" ON "tasks_g1" /, ''));
}

describe('the indexes of a collection', () => {
  it('are one by position, one of each field that has its own, and one of each list', async () => {
    const fields = tasks().fields.map((field) => ({ ...field, indexed: field.field === 'title' ? undefined : false }));
    expect(await openAs({ fields: fields as Projection['fields'] })).toEqual([
      '(f_owner, f_dueAt, id)',
      '(f_title, position, id)',
      '(position, id)',
    ]);
  });

  it('have none by position if the projection says so', async () => {
    expect(await openAs({ byPosition: false })).toEqual(['(f_owner, f_dueAt, id)']);
  });

  it('leave out of a sparse one what has no last field', async () => {
    const indexes = [{ fields: ['owner', 'dueAt'], sparse: true as const }];
    expect(await openAs({ byPosition: false, indexes })).toEqual(['(f_owner, f_dueAt, id) WHERE f_dueAt IS NOT NULL']);
  });

  it('become those of the projection when it is opened with others, whatever its version', async () => {
    await openAs({});
    const indexes = [{ fields: ['owner', 'dueAt'], sparse: true as const }, ['title', 'urgent']];
    const changed = ['(f_owner, f_dueAt, id) WHERE f_dueAt IS NOT NULL', '(f_title, f_urgent, id)'];
    expect(await openAs({ byPosition: false, indexes })).toEqual(changed);
    expect(await openAs({ byPosition: false, indexes })).toEqual(changed);
    expect(await openAs({ version: 2, byPosition: false, indexes: [] })).toEqual([]);
    expect(await openAs({})).toEqual(['(f_owner, f_dueAt, id)', '(position, id)']);
  });

  it.each<[string, Projection['indexes']]>([
    ['of an undeclared field', [['owner', 'nobody']]],
    ['of no field', [[]]],
    ['that is sparse by what every document has', [{ fields: ['owner', 'position'], sparse: true }]],
    ['that is sparse and of no field', [{ fields: [], sparse: true }]],
  ])('cannot be one %s', async (_, indexes) => {
    await expect(store.open().live(tasks({ indexes }))).rejects.toThrow(TypeError);
  });
});

describe('a commit', () => {
  /** Columns that updates name, one row each time. */
  const watch = () =>
    store.run(
      'CREATE TABLE named (field TEXT);' +
        ['title', 'owner', 'dueAt', 'urgent']
          .map(
            (field) =>
              `CREATE TRIGGER named_${field} AFTER UPDATE OF f_${field} ON tasks_g1 BEGIN INSERT INTO named VALUES ('${field}'); END;`,
          )
          .join(''),
    );

  it('writes of a document only the fields that changed', async () => {
    const all = await store.open().live(tasks());
    const before: Task = { title: 'Paint', owner: 'ann', dueAt: 5, urgent: true };
    await all.commit([stored('a', 1, before)], 1);
    watch();
    await all.commit([stored('a', 2, { ...before, details: 'more' })], 2);
    expect(store.rows('SELECT field FROM named')).toEqual([]);
    await all.commit([stored('a', 3, { ...before, dueAt: null, urgent: false })], 3);
    expect(store.rows('SELECT field FROM named ORDER BY field')).toEqual([{ field: 'dueAt' }, { field: 'urgent' }]);
    expect(await all.get('a')).toEqual(stored('a', 3, { ...before, dueAt: null, urgent: false }));
  });

  it('that holds a document twice stores the newer one', async () => {
    const all = await store.open().live(tasks());
    await all.commit([stored('a', 1, { owner: 'ann' }), stored('a', 3, { owner: 'cleo' }), stored('a', 2)], 3);
    expect(await all.get('a')).toEqual(stored('a', 3, { owner: 'cleo' }));
    expect(await found(all, { where: [{ field: 'owner', eq: 'cleo' }] })).toEqual(['a']);
  });
});
