import type { Collection, Query } from './port.ts';

/** Read at a time, whatever the limit: of few that are kept, many are looked at. */
const LOOKED_AT = 200;

type Filled<Doc> = { readonly items: readonly Doc[]; readonly nextCursor: string | null };

/** A page of the documents that are kept, which no condition of a query can tell; of all without `keeps`, in one query. */
export async function filledPage<Doc extends object>(
  documents: Pick<Collection<Doc>, 'find'>,
  { limit, ...query }: Omit<Query, 'skip'> & { readonly limit: number },
  keeps?: (document: Doc) => boolean | Promise<boolean>,
): Promise<Filled<Doc>> {
  if (!keeps) {
    const { items: all, nextCursor } = await documents.find({ ...query, limit });
    return { items: all.map(({ document }) => document), nextCursor };
  }
  const items: Doc[] = [];
  let cursor = query.cursor;
  /** Less than is looked at elsewhere, where the page is full before the end of what was. */
  let ahead = LOOKED_AT;
  for (;;) {
    const found = await documents.find({ ...query, cursor, limit: ahead });
    const kept: Doc[] = [];
    let looked = 0;
    for (const { document } of found.items) {
      if (items.length + kept.length === limit) break;
      looked++;
      if (await keeps(document)) kept.push(document);
    }
    if (looked < found.items.length) {
      // Read once more up to there: a cursor says where a page ended, and nothing else.
      ahead = looked;
      continue;
    }
    items.push(...kept);
    if (found.nextCursor === null || items.length === limit || ahead < LOOKED_AT) {
      return { items, nextCursor: found.nextCursor };
    }
    cursor = found.nextCursor;
  }
}
