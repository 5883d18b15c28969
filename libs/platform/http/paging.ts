import { z } from 'zod';

/** The fields every list takes, to be spread into its query schema. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(200).default(50).describe('Items a page, 1 to 200'),
  cursor: z.string().min(1).max(1024).optional().describe('`nextCursor` of the page before'),
};

export const pageOf = <S extends z.ZodType>(item: S) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable().describe('null on the last page') });

/** A page that tells how many items there are besides. */
export const countedPageOf = <S extends z.ZodType>(item: S) =>
  pageOf(item).extend({
    total: z.int().min(0).describe('How many fit, on all pages; 10,000 if there are more'),
    totalIsAtLeast: z.boolean().describe('There are more than `total`'),
  });
