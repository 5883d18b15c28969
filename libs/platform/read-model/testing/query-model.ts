import fc from 'fast-check';
import type { Condition, Query, Stored, Value } from '../port.ts';
import { stored, type Task } from './fixtures.ts';

/** What a query means, in the plainest words: the reference that adapters are compared with. */
export function answer(documents: readonly Stored<Task>[], query: Query): readonly Stored<Task>[] {
  const { field, direction } = query.sort ?? { field: 'position', direction: 'desc' };
  const sign = direction === 'asc' ? 1 : -1;
  return documents
    .filter((item) => (query.where ?? []).every((condition) => holds(condition, read(item, condition.field))))
    .toSorted((a, b) => sign * (compare(read(a, field), read(b, field)) || compare(a.id, b.id)))
    .slice(query.skip ?? 0);
}

function read({ id, position, document }: Stored<Task>, field: string): Value {
  return ({ ...document, id, position } as Record<string, Value | undefined>)[field] ?? null;
}

function holds(condition: Condition, value: Value): boolean {
  if ('eq' in condition) return value === condition.eq;
  if ('in' in condition) return condition.in.includes(value);
  if ('exists' in condition) return (value !== null) === condition.exists;
  if ('contains' in condition) return typeof value === 'string' && value.includes(condition.contains);
  const { gt, gte, lt, lte } = condition;
  const within = (bound: Value | undefined, test: (order: number) => boolean) =>
    bound === undefined || (value !== null && bound !== null && test(compare(value, bound)));
  return (
    within(gt, (order) => order > 0) &&
    within(gte, (order) => order >= 0) &&
    within(lt, (order) => order < 0) &&
    within(lte, (order) => order <= 0)
  );
}

/** Nulls first; text by code point, which is the order of its UTF-8 bytes. */
function compare(a: Value, b: Value): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return Number(a > b) - Number(a < b);
}

/** What means something to SQL, to LIKE, to regular expressions and to BSON, with what is only like it. */
const odd = fc.constantFrom(
  "'",
  '"',
  '\\',
  '%',
  '_',
  '.',
  '.*',
  '^',
  '$',
  '(',
  ')',
  '[a]',
  '{1}',
  '|',
  '+',
  '?',
  '#',
  '\n',
  '\\d',
);
const text = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'ab', 'é', '10', '9', '\u{1f600}', '\uff21', "'; --", '%', 'a\u0000b', '$a'),
  fc.string({ unit: 'grapheme', maxLength: 5 }),
  fc.array(fc.oneof(odd, fc.constantFrom('a', 'A', 'b', ' ')), { maxLength: 6 }).map((parts) => parts.join('')),
);
/** Short, so that it is found now and then. */
const part = fc.oneof(
  fc.constantFrom('', 'a', 'A', 'ab', '9', '\u0000'),
  odd,
  fc.string({ unit: 'grapheme', maxLength: 2 }),
);
const TEXTS: readonly string[] = ['id', 'title', 'owner'];
// JSON has no negative zero.
const number = fc
  .oneof(
    fc.constantFrom(-1, 0, 1, 1.5, 2 ** 31 - 1, 2 ** 31, -(2 ** 31) - 0.5, 2 ** 60),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
  )
  .map((value) => value + 0);
const position = fc.integer({ min: 0, max: 12 });
const values: Record<string, fc.Arbitrary<Value>> = {
  id: text,
  position,
  title: text,
  owner: fc.constantFrom('ann', 'bob', 'cleo'),
  dueAt: number,
  urgent: fc.boolean(),
};
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 3 });

export const documents: fc.Arbitrary<readonly Stored<Task>[]> = fc
  .uniqueArray(
    fc.tuple(
      text,
      position,
      fc.record(
        {
          title: optional(text),
          owner: optional(fc.constantFrom('ann', 'bob', 'cleo')),
          dueAt: optional(number),
          urgent: optional(fc.boolean()),
        },
        { requiredKeys: [] },
      ),
    ),
    { selector: ([id]) => id, maxLength: 25 },
  )
  .map((rows) => rows.map(([id, at, document]) => stored(id, at, { ...document })));

const field = fc.constantFrom(...Object.keys(values));

const condition: fc.Arbitrary<Condition> = field.chain((name): fc.Arbitrary<Condition> => {
  const value = optional(values[name] ?? text);
  const range = fc.record({ gt: value, gte: value, lt: value, lte: value }, { requiredKeys: [] });
  return fc.oneof(
    value.map((eq) => ({ field: name, eq })),
    fc.array(value, { maxLength: 5 }).map((list) => ({ field: name, in: list })),
    range.map((bounds) => ({ field: name, ...bounds })),
    fc.boolean().map((exists) => ({ field: name, exists })),
    ...(TEXTS.includes(name) ? [part.map((contains) => ({ field: name, contains }))] : []),
  );
});

export const queries: fc.Arbitrary<Query> = fc.record(
  {
    where: fc.array(condition, { maxLength: 2 }),
    sort: fc.record({ field, direction: fc.constantFrom('asc' as const, 'desc' as const) }),
    limit: fc.integer({ min: 1, max: 6 }),
    skip: fc.integer({ min: 0, max: 12 }),
  },
  { requiredKeys: ['limit'] },
);
