import { describe, expect, it } from '@jest/globals';
import type { Projection } from '../../kernel/index.ts';
import { DeclaredFields } from '../declared-fields.ts';
import { stored, tasks, type Task } from '../testing/fixtures.ts';
import { indexesOf } from './indexes.ts';
import { describeOnMongo, MongoDatabase } from './testing/mongo-database.ts';

const unindexed = tasks().fields.map((field) => ({ ...field, indexed: false as const }));

describe('the indexes of a declaration', () => {
  it('are one by position, one of each field that has its own, and one of each list, all ending in the id', () => {
    const fields = tasks().fields.map((field) => ({ ...field, indexed: field.field === 'title' ? undefined : false }));
    expect(indexesOf(new DeclaredFields(tasks({ fields: fields as Projection['fields'] })))).toEqual([
      { name: 'by_position_id', key: { position: 1, _id: 1 } },
      { name: 'by_title_position_id', key: { 'fields.title': 1, position: 1, _id: 1 } },
      { name: 'by_owner_dueAt_id', key: { 'fields.owner': 1, 'fields.dueAt': 1, _id: 1 } },
    ]);
  });

  it('have each list of keys once', () => {
    const indexes = [['title', 'position'], ['owner', 'id'], ['owner']];
    const names = indexesOf(new DeclaredFields(tasks({ indexes }))).map(({ name }) => name);
    expect(names.filter((name) => name === 'by_title_position_id')).toHaveLength(1);
    expect(names.filter((name) => name === 'by_owner_id')).toHaveLength(1);
  });
});

describeOnMongo('the indexes of a collection', ({ url }) => {
  const store = new MongoDatabase(url);

  /** Opens the documents as this projection declares them; `key where` of each index but that of ids. */
  async function openAs(change: Partial<Projection<Task, never>>): Promise<readonly string[]> {
    const all = await store.open().live(tasks({ fields: unindexed, ...change }));
    await all.commit([stored('a', 1, { owner: 'ann', dueAt: 5 }), stored('b', 2, { owner: 'ann' })], 2);
    expect(await all.count([{ field: 'dueAt', exists: true }])).toBe(1);
    const indexes = await (await store.served('tasks')).listIndexes().toArray();
    return indexes
      .filter(({ name }) => name !== '_id_')
      .map(
        ({ key, partialFilterExpression: filter }) => Object.keys(key).join() + (filter ? JSON.stringify(filter) : ''),
      )
      .toSorted();
  }
  const byPosition = 'position,_id';
  const list = 'fields.owner,fields.dueAt,_id';
  const sparseList = `${list}{"fields.dueAt":{"$exists":true}}`;

  it('become those of the projection when it is opened with others, whatever its version', async () => {
    expect(await openAs({})).toEqual([list, byPosition]);
    const indexes = [{ fields: ['owner', 'dueAt'], sparse: true as const }, ['title', 'urgent']];
    const changed = [sparseList, 'fields.title,fields.urgent,_id'];
    expect(await openAs({ byPosition: false, indexes })).toEqual(changed);
    expect(await openAs({ byPosition: false, indexes })).toEqual(changed);
    expect(await openAs({ version: 2, byPosition: false, indexes: [] })).toEqual([]);
    expect(await openAs({})).toEqual([list, byPosition]);
  });

  it('are those of a rebuild from its beginning', async () => {
    await openAs({});
    const model = store.open();
    await model.rebuild(tasks({ fields: unindexed, version: 2, byPosition: false }));
    await model.swap('tasks');
    expect(await openAs({ version: 2, byPosition: false })).toEqual([list]);
  });

  it('leave alone an index that somebody else has made', async () => {
    await openAs({});
    await (await store.served('tasks')).createIndex({ json: 1 }, { name: 'by hand' });
    expect(await openAs({ byPosition: false })).toEqual([list, 'json']);
  });

  it('are made by processes that open the documents at the same time', async () => {
    const opened = Array.from({ length: 5 }, () => openAs({}));
    for (const indexes of await Promise.all(opened)) expect(indexes).toEqual([list, byPosition]);
    expect(await store.sets('tasks')).toBe(1);
  });
});
