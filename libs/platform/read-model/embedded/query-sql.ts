import type { CheckedQuery } from '../check-query.ts';
import type { Place } from '../cursor.ts';
import type { FieldType } from '../declared-fields.ts';
import type { Condition, Value } from '../port.ts';

export type SqlValue = string | number | null;
/** A condition in SQL, with the values of its question marks in order. */
export type Fragment = { readonly sql: string; readonly values: readonly SqlValue[] };

/** The column of a declared field; names have been checked, so it needs no quoting. */
export const columnOf = (field: string): string => (field === 'id' || field === 'position' ? field : `f_${field}`);

export const toSql = (value: Value): SqlValue => (typeof value === 'boolean' ? Number(value) : value);

/**
 * Statements to be run one after the other until there are enough rows; each takes the number still wanted as its last value. What is
 * to be skipped comes before that, and is nothing where there are several.
 */
export function selectSql(
  table: string,
  query: CheckedQuery,
  typeOf: (field: string) => FieldType,
): readonly Fragment[] {
  const where = whereSql(query.where, typeOf);
  return stretches(query).map((stretch) => {
    const { sql, values } = all([where, stretch]);
    const filter = sql && ` WHERE ${sql}`;
    return {
      sql: `SELECT id, position, document FROM ${table}${filter} ORDER BY ${orderSql(query.sort)} LIMIT ?, ?`,
      values: [...values, query.skip],
    };
  });
}

export function whereSql(conditions: readonly Condition[], typeOf: (field: string) => FieldType): Fragment {
  return all(conditions.map((condition) => conditionSql(condition, typeOf(condition.field))));
}

/**
 * What comes after a place, as one or two stretches to be read one after the other. Each is a search in an index; one condition
 * with OR for the nulls would be a scan.
 */
function stretches({ sort, after }: Pick<CheckedQuery, 'sort' | 'after'>): readonly Fragment[] {
  if (after === undefined) return [{ sql: '', values: [] }];
  const column = columnOf(sort.field);
  const beyond = sort.direction === 'asc' ? '>' : '<';
  if (column === 'id') return [{ sql: `id ${beyond} ?`, values: [after.id] }];
  if (after.value === null) return afterNull(column, beyond, after);
  // From a comparison of pairs SQLite does not conclude that the first is not null, which a sparse index needs to hear.
  const present = column === 'position' ? '' : ` AND ${column} IS NOT NULL`;
  const rest = { sql: `(${column}, id) ${beyond} (?, ?)${present}`, values: [toSql(after.value), after.id] };
  const nullsFollow = sort.direction === 'desc' && column !== 'position';
  return nullsFollow ? [rest, { sql: `${column} IS NULL`, values: [] }] : [rest];
}

function orderSql({ field, direction }: CheckedQuery['sort']): string {
  const column = columnOf(field);
  return column === 'id' ? `id ${direction}` : `${column} ${direction}, id ${direction}`;
}

/** Nulls sort lowest, in SQLite as in the port. */
function afterNull(column: string, beyond: '>' | '<', { id }: Place): readonly Fragment[] {
  const nulls = { sql: `${column} IS NULL AND id ${beyond} ?`, values: [id] };
  return beyond === '>' ? [nulls, { sql: `${column} IS NOT NULL`, values: [] }] : [nulls];
}

function conditionSql(condition: Condition, type: FieldType): Fragment {
  const column = columnOf(condition.field);
  if ('eq' in condition) {
    const { eq } = condition;
    return eq === null ? isNull(column) : { sql: `${column} = ?`, values: [toSql(eq)] };
  }
  if ('in' in condition) return anyOf(column, condition.in, type);
  if ('exists' in condition) return condition.exists ? { sql: `${column} IS NOT NULL`, values: [] } : isNull(column);
  if ('contains' in condition) return { sql: `instr(${column}, ?) > 0`, values: [condition.contains] };
  const { gt, gte, lt, lte } = condition;
  return all([bound(column, '>', gt), bound(column, '>=', gte), bound(column, '<', lt), bound(column, '<=', lte)]);
}

const isNull = (column: string): Fragment => ({ sql: `${column} IS NULL`, values: [] });

const bound = (column: string, operator: string, value: Value | undefined): Fragment =>
  value === undefined ? { sql: '', values: [] } : { sql: `${column} ${operator} ?`, values: [toSql(value)] };

/** The list is one parameter, so its length has no limit and the statement is prepared once. */
function anyOf(column: string, list: readonly Value[], type: FieldType): Fragment {
  const values = list.filter((value) => value !== null).map(toSql);
  // SQLite reads a whole number in JSON as a 64-bit integer, which beyond 2^53 is not the number JavaScript wrote.
  const value = type === 'number' ? 'CAST(value AS REAL)' : 'value';
  const listed = { sql: `${column} IN (SELECT ${value} FROM json_each(?))`, values: [JSON.stringify(values)] };
  return values.length === list.length
    ? listed
    : { sql: `(${listed.sql} OR ${isNull(column).sql})`, values: listed.values };
}

/** Empty fragments restrict nothing. */
function all(fragments: readonly Fragment[]): Fragment {
  const parts = fragments.filter(({ sql }) => sql !== '');
  return { sql: parts.map(({ sql }) => sql).join(' AND '), values: parts.flatMap(({ values }) => values) };
}
