import type { Document, Filter } from 'mongodb';
import type { CheckedQuery } from '../check-query.ts';
import type { DeclaredFields, FieldType } from '../declared-fields.ts';
import type { Condition, Value } from '../port.ts';

/** Of the fields, those that are not null: what queries see. The document itself is text, so that it comes back as it was. */
export type StoredDocument = {
  readonly _id: string;
  readonly position: number;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
  readonly json: string;
};
export type DocumentFilter = Filter<StoredDocument>;
type Direction = 1 | -1;
export type Selection = { readonly filter: DocumentFilter; readonly sort: Readonly<Record<string, Direction>> };

const NOTHING: Document = { _id: { $in: [] } };
/** Whatever has a value is at or above it: unlike `$exists`, that is a range of an index, and does for a partial one. */
const LOWEST: Record<FieldType, Value> = { text: '', number: -Infinity, boolean: false };

/** Names have been checked, so no path holds an operator. */
export const pathOf = (field: string): string =>
  field === 'id' ? '_id' : field === 'position' ? 'position' : `fields.${field}`;

/** To be read one after the other until there are enough documents. */
export function selections(fields: DeclaredFields, query: CheckedQuery): readonly Selection[] {
  const direction = query.sort.direction === 'asc' ? 1 : -1;
  const sort = { [pathOf(query.sort.field)]: direction, _id: direction } as const;
  const where = conditions(fields, query.where);
  return stretches(fields, query).map((stretch) => ({ filter: all([...where, ...stretch]), sort }));
}

export const filterOf = (fields: DeclaredFields, where: readonly Condition[]): DocumentFilter =>
  all(conditions(fields, where));

function conditions(fields: DeclaredFields, where: readonly Condition[]): readonly Document[] {
  return where.flatMap((condition) => conditionOn(fields, condition));
}

/** What comes after a place: each stretch is one range of an index; `$or` would be several, to be sorted. */
function stretches(fields: DeclaredFields, { sort, after }: CheckedQuery): readonly (readonly Document[])[] {
  if (after === undefined) return [[]];
  const { field, direction } = sort;
  const path = pathOf(field);
  const beyond = direction === 'asc' ? '$gt' : '$lt';
  if (field === 'id') return [[{ _id: { [beyond]: after.id } }]];
  const ties = [{ [path]: { $eq: after.value } }, { _id: { [beyond]: after.id } }];
  // Nulls sort lowest.
  if (after.value === null) return direction === 'asc' ? [ties, conditionOn(fields, { field, exists: true })] : [ties];
  const rest = [{ [path]: { [beyond]: after.value } }];
  const nullsFollow = direction === 'desc' && fields.isNullable(field);
  return nullsFollow ? [ties, rest, conditionOn(fields, { field, exists: false })] : [ties, rest];
}

/** None, if it restricts nothing. Null and absent are one for `$eq` and `$in`. */
function conditionOn(fields: DeclaredFields, condition: Condition): readonly Document[] {
  const path = pathOf(condition.field);
  if ('eq' in condition) return [{ [path]: { $eq: condition.eq } }];
  if ('in' in condition) return [{ [path]: { $in: [...condition.in] } }];
  if ('exists' in condition) {
    return [{ [path]: condition.exists ? { $gte: LOWEST[fields.typeOf(condition.field)] } : { $eq: null } }];
  }
  if ('contains' in condition) return [{ [path]: { $regex: literally(condition.contains) } }];
  const { gt, gte, lt, lte } = condition;
  const bounds = Object.entries({ $gt: gt, $gte: gte, $lt: lt, $lte: lte }).filter(([, bound]) => bound !== undefined);
  if (bounds.some(([, bound]) => bound === null)) return [NOTHING];
  return bounds.length === 0 ? [] : [{ [path]: Object.fromEntries(bounds) }];
}

/** The expression that this text alone fits. The server takes none with a NUL in it. */
const literally = (text: string): string =>
  text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&').replaceAll('\u0000', '\\x00');

function all(parts: readonly Document[]): DocumentFilter {
  if (parts.length === 0) return {};
  return (parts.length === 1 ? parts[0] : { $and: parts }) as DocumentFilter;
}
