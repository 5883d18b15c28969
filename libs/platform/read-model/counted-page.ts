import type { Collection, Page, Query } from './port.ts';

/** Lists count no further. */
export const COUNTED_UP_TO = 10_000;

export type Total = {
  /** How many fit, or 10,000 if there are more. */
  readonly total: number;
  /** There are more. */
  readonly totalIsAtLeast: boolean;
};

/** A page, and how many documents all pages have. What is all on one page is not counted again. */
export async function countedPage<Doc extends object>(
  documents: Pick<Collection<Doc>, 'find' | 'count'>,
  query: Omit<Query, 'skip'>,
): Promise<Page<Doc> & Total> {
  const page = await documents.find(query);
  const isAll = query.cursor === undefined && page.nextCursor === null;
  const counted = isAll ? page.items.length : await documents.count(query.where, COUNTED_UP_TO + 1);
  return { ...page, total: Math.min(counted, COUNTED_UP_TO), totalIsAtLeast: counted > COUNTED_UP_TO };
}
