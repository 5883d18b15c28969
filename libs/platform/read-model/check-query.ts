import { invalid } from '../kernel/index.ts';
import { decodeCursor, encodeCursor, type Place, type Sort } from './cursor.ts';
import type { DeclaredFields } from './declared-fields.ts';
import type { Condition, Page, Query, Stored, Value } from './port.ts';

export type CheckedQuery = {
  readonly where: readonly Condition[];
  readonly sort: Sort;
  readonly limit: number;
  readonly skip: number;
  readonly after: Place | undefined;
  /** What there is of it is a condition of `where` too. */
  readonly downTo: number | undefined;
};

const NEWEST_FIRST: Sort = { field: 'position', direction: 'desc' };
export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 1000;

/** Defaults filled in, the cursor read; what does not fit the projection is refused here, so that every adapter refuses the same. */
export function checkQuery(fields: DeclaredFields, query: Query): CheckedQuery {
  const { where = [], sort = NEWEST_FIRST, limit = DEFAULT_LIMIT, cursor, skip = 0, downTo } = query;
  checkConditions(fields, where);
  fields.typeOf(sort.field);
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw invalid('limit', `must be 1 to ${MAX_LIMIT}`);
  if (!Number.isSafeInteger(skip) || skip < 0) throw invalid('skip', 'must be a whole number from 0');
  if (skip > 0 && cursor !== undefined) throw new TypeError(`${fields.name}: what follows a cursor is not skipped`);
  const after = cursor === undefined ? undefined : decodeCursor(cursor, fields.name, sort);
  if (after && !fields.holds(sort.field, after.value)) throw invalid('cursor', 'is damaged');
  if (downTo === undefined) return { where, sort, limit, skip, after, downTo };
  if (sort.direction === 'asc' || fields.typeOf(sort.field) !== 'number' || !Number.isFinite(downTo)) {
    throw new TypeError(`${fields.name}: no number descends to ${downTo}`);
  }
  return { where: [...where, { field: sort.field, gte: downTo }], sort, limit, skip, after, downTo };
}

/** @throws {TypeError} as `checkConditions`, and for a bound that is no whole number. */
export function checkCount(fields: DeclaredFields, where: readonly Condition[], atMost: number | undefined): void {
  checkConditions(fields, where);
  if (atMost === undefined || (Number.isSafeInteger(atMost) && atMost >= 0)) return;
  throw new TypeError(`${fields.name}: counting at most ${atMost} is no bound`);
}

/** @throws {TypeError} for an undeclared field, a value of another type than the field's, or a part of what is no text. */
export function checkConditions(fields: DeclaredFields, where: readonly Condition[]): void {
  for (const condition of where) {
    const type = fields.typeOf(condition.field);
    if ('contains' in condition) {
      if (type === 'text' && typeof condition.contains === 'string') continue;
      throw new TypeError(
        `${fields.name}: of '${condition.field}', a ${type}, no part is ${typeof condition.contains}`,
      );
    }
    for (const value of valuesIn(condition)) {
      if (value === null || fields.holds(condition.field, value)) continue;
      throw new TypeError(`${fields.name}: '${condition.field}' is compared with ${typeof value}, not ${type}`);
    }
  }
}

/** The page of what was found, where one more was asked for than the page may hold. */
export function pageOf<Doc extends object>(
  fields: DeclaredFields,
  query: CheckedQuery,
  found: readonly Stored<Doc>[],
): Page<Doc> {
  const items = found.slice(0, query.limit);
  const last = items.at(-1);
  const goesOn = last !== undefined && found.length > items.length;
  return { items, nextCursor: goesOn ? cursorAfter(fields, query.sort, last) : cursorBelow(fields, query) };
}

/** The cursor of the page after this item. */
export function cursorAfter(fields: DeclaredFields, sort: Sort, last: Stored<object>): string {
  const { id, position, document } = last;
  const value = sort.field === 'id' ? id : sort.field === 'position' ? position : fields.valueOf(document, sort.field);
  return encodeCursor(fields.name, sort, { value, id });
}

/** Where the documents begin that the query does not look at. */
function cursorBelow({ name }: DeclaredFields, { downTo, after, sort }: CheckedQuery): string | null {
  if (downTo === undefined) return null;
  const isBeyond = after !== undefined && Number(after.value ?? -Infinity) < downTo;
  // No id sorts before the empty one.
  return encodeCursor(name, sort, isBeyond ? after : { value: downTo, id: '' });
}

function valuesIn(condition: Exclude<Condition, { contains: string }>): readonly Value[] {
  if ('eq' in condition) return [condition.eq];
  if ('in' in condition) return condition.in;
  if ('exists' in condition) return [];
  return [condition.gt, condition.gte, condition.lt, condition.lte].filter((value) => value !== undefined);
}
