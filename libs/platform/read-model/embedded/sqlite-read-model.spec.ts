import { describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { stored, tasks } from '../testing/fixtures.ts';
import { SqliteFile } from './testing/sqlite-file.ts';

const store = new SqliteFile();

describe('the file', () => {
  it('is made anew when it is no database', async () => {
    writeFileSync(store.path, 'this is no database, and it is longer than a header of one hundred bytes. '.repeat(20));
    const model = store.open();
    expect(model.recreated).toBe(true);
    const all = await model.live(tasks());
    await all.commit([stored('a', 1)], 1);
    await model.close();
    expect(await (await store.open().live(tasks())).get('a')).toEqual(stored('a', 1));
  });

  it('is made anew when its pages are damaged', async () => {
    const model = store.open();
    await (await model.live(tasks())).commit([stored('a', 1)], 1);
    await model.close();
    const header = Buffer.alloc(4096, 0xff);
    header.write('SQLite format 3\0');
    writeFileSync(store.path, header);
    const again = store.open();
    expect(again.recreated).toBe(true);
    expect(await (await again.live(tasks())).count()).toBe(0);
  });

  it('is made anew when its tables are those of another layout', async () => {
    store.run('CREATE TABLE collections (anything); PRAGMA user_version = 99');
    expect(store.open().recreated).toBe(true);
    expect(store.open().recreated).toBe(false);
  });

  it('is kept when it is sound', async () => {
    const model = store.open();
    expect(model.recreated).toBe(false);
    await model.close();
    await model.close();
    expect(store.open().recreated).toBe(false);
  });

  it('holds no table of a dropped set', async () => {
    const model = store.open();
    await model.live(tasks());
    await model.rebuild(tasks({ version: 2 }));
    await model.rebuild(tasks({ version: 2 }));
    await model.swap('tasks');
    await model.rebuild(tasks({ version: 3 }));
    await model.close();
    store.open();
    const tables = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'tasks%'");
    expect(tables).toHaveLength(1);
  });

  it('holds no set that was being dropped when the process ended', async () => {
    const model = store.open();
    await model.live(tasks());
    await model.rebuild(tasks({ version: 2 }));
    await model.close();
    store.run('UPDATE collections SET live = -1 WHERE live = 1; UPDATE collections SET live = 1 WHERE live = 0');
    expect((await store.open().live(tasks({ version: 2 }))).stale).toBe(false);
    expect(store.rows('SELECT live FROM collections')).toEqual([{ live: 1 }]);
    expect(store.rows("SELECT name FROM sqlite_schema WHERE name = 'tasks_g1'")).toEqual([]);
  });
});
