import type { DeclaredFields } from '../declared-fields.ts';
import { columnOf } from './query-sql.ts';
import type { Index, Shape } from './writer.ts';

export function shapeOf(declared: DeclaredFields): Shape {
  const { name, version } = declared;
  const fields = [...declared.types.keys()].map((field) => ({ field, column: columnOf(field) }));
  return { name, version, fields, indexes: indexesOf(declared) };
}

/**
 * `(field, position, id)`, of a field with an index of its own, serves a value newest first, and ranges of the field; a list of the
 * projection is followed by the id, so that its last field can be sorted by.
 */
function indexesOf(declared: DeclaredFields): readonly Index[] {
  const single = declared.indexed.map((field) => index([columnOf(field), 'position']));
  const lists = declared.indexes.map(({ fields, sparse }) => {
    const columns = fields.filter((field) => field !== 'id').map(columnOf);
    return index(columns, sparse ? columns.at(-1) : undefined);
  });
  return [...(declared.byPosition ? [index(['position'])] : []), ...single, ...lists];
}

function index(before: readonly string[], present?: string): Index {
  const columns = [...before, 'id'];
  return { name: columns.join('_'), columns, present };
}
