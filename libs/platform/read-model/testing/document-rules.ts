import { beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stored } from '../port.ts';
import { found, idsOf, pagesOf, stored, tasks, type Store, type Task, type Tasks } from './fixtures.ts';

export function describeDocuments(store: Store): void {
  describe('a document', () => {
    let all: Tasks;
    beforeEach(async () => {
      all = await store.model().live(tasks());
    });

    const content: Task = {
      title: 'Zoë \u{1f600} \u2028 "quoted" \\ \u0000',
      dueAt: 1_700_000_000_123.5,
      details: { list: [], nested: [{ deep: { er: [null, true, 0.1, -7, 2 ** 53 - 1] } }], empty: {}, '$set.x': 1 },
    };

    it('comes back as it was stored', async () => {
      await all.commit([stored('a', 1, content)], 1);
      const list: readonly Stored<Task>[] = (await all.find({ where: [{ field: 'title', eq: content.title ?? '' }] }))
        .items;
      expect(await all.get('a')).toStrictEqual(stored('a', 1, content));
      expect(await all.getMany(['a'])).toStrictEqual([stored('a', 1, content)]);
      expect(list).toStrictEqual([stored('a', 1, content)]);
    });

    it('comes back whatever JSON it holds', async () => {
      let position = 0;
      const json = fc.jsonValue({ maxDepth: 4 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
      const property = fc.asyncProperty(json, async (details) => {
        position += 1;
        await all.commit([stored('a', position, { details })], position);
        expect((await all.get('a'))?.document).toStrictEqual({ details });
      });
      await fc.assert(property);
    });

    it('comes back with keys that a store may keep for itself, and under any id', async () => {
      const keys = [
        '$ref',
        '$id',
        '$db',
        '$oid',
        '$date',
        '_id',
        '_bsontype',
        'toBSON',
        'a.b',
        '$a.$b',
        '',
        ' ',
        'a\u0000b',
        '0',
      ];
      const details: unknown = JSON.parse(
        `{"__proto__": {"constructor": 1}, "schema": {"$ref": "#/$defs/a", "$id": "urn:a"}, ${keys.map((key) => `${JSON.stringify(key)}: "ObjectId"`).join(', ')}}`,
      );
      const ids = ['', ' ', '$id', 'a.b', 'a/b', 'a"b', 'a\u0000b', '\u{1f600}', '__proto__', 'x'.repeat(2_000)];
      await all.commit(
        ids.map((id, at) => stored(id, at, { title: id, details })),
        ids.length,
      );
      for (const [at, id] of ids.entries()) {
        expect(await all.get(id)).toStrictEqual(stored(id, at, { title: id, details }));
        expect(await found(all, { where: [{ field: 'id', eq: id }] })).toEqual([id]);
        expect(await found(all, { where: [{ field: 'title', eq: id }] })).toEqual([id]);
      }
      expect(await all.getMany(ids)).toHaveLength(ids.length);
    });

    it('comes back with half of a surrogate pair, and is found by it', async () => {
      const halves: Task = { title: 'a\ud83d', details: { '\udc00': ['\ud800', 'x\udfff\ud800y'] } };
      await all.commit([stored('a', 1, halves)], 1);
      expect(await all.get('a')).toStrictEqual(stored('a', 1, halves));
      expect(await found(all, { where: [{ field: 'title', eq: halves.title ?? '' }] })).toEqual(['a']);
    });

    it.each([Number.NaN, Infinity, -Infinity])('is without a number of %p, which JSON does not have', async (dueAt) => {
      await all.commit([stored('a', 1, { dueAt }), stored('b', 2, { dueAt: 5 }), stored('c', 3)], 3);
      expect((await all.get('a'))?.document).toEqual({ dueAt: null });
      expect(await found(all, { where: [{ field: 'dueAt', exists: true }] })).toEqual(['b']);
      const sort = { field: 'dueAt', direction: 'asc' } as const;
      expect(idsOf((await pagesOf(all, { sort, limit: 1 })).flat())).toEqual(['a', 'c', 'b']);
    });

    it('is not altered in the store by whoever read or wrote it', async () => {
      const details = { steps: ['one'] };
      await all.commit([stored('a', 1, { details })], 1);
      details.steps.push('after the commit');
      for (const read of [await all.get('a'), (await all.getMany(['a']))[0], (await all.find({})).items[0]]) {
        (read?.document.details as typeof details).steps.push('by a reader');
      }
      expect((await all.get('a'))?.document).toEqual({ details: { steps: ['one'] } });
    });
  });
}
