import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import Fastify from 'fastify';
import { visibleTo } from '../../../platform/http/index.ts';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import type { Collection, ReadModel } from '../../../platform/read-model/index.ts';
import { describeOnMongo, MongoDatabase } from '../../../platform/read-model/mongodb/testing/mongo-database.ts';
import { locationWebhooks, type LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { countLeftOut, pageOf } from './list-page.ts';
import { readQuery } from './list-query.ts';
import { queryString, questions, webhooks, WORKSPACES } from './testing/generated-lists.ts';
import { answer, type Asked } from './testing/list-model.ts';

const reaches = fc.constantFrom<'everything' | readonly string[]>('everything', ['here', 'there'], ['elsewhere'], []);

/** Questions are put to it as a client sends them, and read as the server reads them. */
function listOf(documents: Collection<LocationWebhook>, reach: 'everything' | readonly string[]) {
  const caller = {
    actor: 'client:tester',
    workspaceId: 'here',
    scopes: new Set<string>(),
    reaches: () => true,
    reach: () => reach,
  };
  const server = Fastify();
  server.get('/', async ({ query }) => {
    const read = readQuery(query as Record<string, unknown>);
    const visible = visibleTo(caller, undefined);
    const { Records, ...page } = await pageOf(documents, visible, read);
    return { Records: Records.map(({ Id }) => Id), ...page, leftOut: await countLeftOut(documents, visible, read) };
  });
  return async (asked: Asked): Promise<unknown> => (await server.inject(`/?${queryString(asked)}`)).json();
}

function describeLists(readModel: () => ReadModel) {
  it('answers every page of every query as a plain list would', async () => {
    let run = 0;
    const property = fc.asyncProperty(
      webhooks,
      reaches,
      fc.array(questions, { minLength: 1, maxLength: 8 }),
      async (all, reach, asked) => {
        const documents = await readModel().live({ ...locationWebhooks, name: `lists-${run++}` });
        await documents.commit(
          all.map((document, position) => ({ id: document.webhookId, position, document })),
          all.length,
        );
        const ask = listOf(documents, reach);
        const reached = reach === 'everything' ? WORKSPACES : reach;
        for (const question of asked) {
          const first = answer(all, reached, question);
          expect(await ask(question)).toEqual(first);
          for (let page = 2; page <= first.TotalPages + 2; page++) {
            const next = { ...question, page: String(page) };
            expect(await ask(next)).toEqual(answer(all, reached, next));
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  }, 120_000);
}

describe('lists on the embedded read model', () => {
  let stores: Stores;
  beforeEach(async () => void (stores = await Stores.open()));
  afterEach(() => stores.dispose());
  describeLists(() => stores.readModel);
});

describeOnMongo('lists on MongoDB', ({ url }) => {
  const database = new MongoDatabase(url);
  let readModel: ReadModel;
  beforeEach(() => void (readModel = database.open()));
  describeLists(() => readModel);
});
