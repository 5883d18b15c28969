import { z } from 'zod';
import type { Collection, Condition } from '../../../platform/read-model/index.ts';
import type { LocationWebhook } from '../webhook-record/location-webhooks.projection.ts';
import { entryExample, entryOf, entrySchema, isExpressible } from '../webhook-record/record.ts';
import { conditionsOf, leftOutConditionsOf, sortOf, type ListQuery } from './list-query.ts';

/** What is left out is counted no further. */
export const MOST_LEFT_OUT = 1_000;

export const pageSchema = z.object({
  Records: z.array(entrySchema),
  CurrentPage: z.int(),
  CurrentPageSize: z.int().describe('As asked for; the last page may have fewer records'),
  CurrentOrderField: z.string(),
  CurrentSortDirection: z.literal([1, -1]),
  FirstItem: z
    .int()
    .describe('The place of the first record of the page among all of them, from 1; 0 on a page without records'),
  LastItem: z.int(),
  TotalItems: z.int(),
  TotalPages: z.int(),
  HasNextPage: z.boolean(),
  HasPreviousPage: z.boolean(),
});
export type ListPage = z.infer<typeof pageSchema>;

type Documents = Pick<Collection<LocationWebhook>, 'find' | 'count'>;

/** The page that is asked for, of what is within `reach`. */
export async function pageOf(documents: Documents, reach: readonly Condition[], query: ListQuery): Promise<ListPage> {
  const where = [...reach, ...conditionsOf(query)];
  const { page, size } = query;
  const skip = (page - 1) * size;
  const total = await documents.count(where);
  const { items } =
    skip < total ? await documents.find({ where, sort: sortOf(query), limit: size, skip }) : { items: [] };
  const records = items
    .map(({ document }) => document)
    .filter(isExpressible)
    .map(entryOf);
  const pages = Math.ceil(total / size);
  return {
    Records: records,
    CurrentPage: page,
    CurrentPageSize: size,
    CurrentOrderField: query.orderBy,
    CurrentSortDirection: query.dir,
    FirstItem: records.length === 0 ? 0 : skip + 1,
    LastItem: records.length === 0 ? 0 : skip + records.length,
    TotalItems: total,
    TotalPages: pages,
    HasNextPage: page < pages,
    HasPreviousPage: page > 1,
  };
}

/** How many webhooks no record can express are left out of the list. */
export const countLeftOut = (documents: Documents, reach: readonly Condition[], query: ListQuery): Promise<number> =>
  documents.count([...reach, ...leftOutConditionsOf(query)], MOST_LEFT_OUT);

export const pageExample: ListPage = {
  Records: [entryExample],
  CurrentPage: 1,
  CurrentPageSize: 25,
  CurrentOrderField: 'Id',
  CurrentSortDirection: 1,
  FirstItem: 1,
  LastItem: 1,
  TotalItems: 1,
  TotalPages: 1,
  HasNextPage: false,
  HasPreviousPage: false,
};
