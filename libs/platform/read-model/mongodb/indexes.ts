import { MongoNetworkTimeoutError, MongoServerError, type Collection, type IndexDescription } from 'mongodb';
import type { DeclaredFields } from '../declared-fields.ts';
import { pathOf, type StoredDocument } from './query-filter.ts';

/** Indexes named so are ours; others may stand beside them. */
const OURS = 'by_';
const NO_COLLECTION = 26;
const NO_INDEX = 27;

/**
 * `(field, position, id)`, of a field with an index of its own, serves a value newest first, and ranges of the field; a list of the
 * projection is followed by the id, so that its last field can be sorted by.
 */
export function indexesOf(declared: DeclaredFields): readonly IndexDescription[] {
  const single = declared.indexed.map((field) => index([field, 'position']));
  const lists = declared.indexes.map(({ fields, sparse }) => index(fields, sparse));
  const all = [...(declared.byPosition ? [index(['position'])] : []), ...single, ...lists];
  return [...new Map(all.map((each) => [each.name, each])).values()];
}

/** A name says all of an index, so one of another declaration has another name. */
function index(fields: readonly string[], sparse = false): IndexDescription & { readonly name: string } {
  const keyed = [...fields.filter((field) => field !== 'id'), 'id'];
  const key = Object.fromEntries(keyed.map((field) => [pathOf(field), 1 as const]));
  const name = OURS + keyed.join('_');
  if (!sparse) return { name, key };
  const present = { [pathOf(fields.at(-1) as string)]: { $exists: true } };
  return { name: `${name}_sparse`, key, partialFilterExpression: present };
}

/** Makes the declared indexes, and the collection with them, and drops those of ours that are not declared any more. */
export async function fitIndexes(
  documents: Collection<StoredDocument>,
  declared: DeclaredFields,
  failure: () => Error | undefined,
): Promise<void> {
  const wanted = indexesOf(declared);
  if (wanted.length > 0) await build(documents, wanted, failure);
  const names = new Set(wanted.map(({ name }) => name));
  const present: readonly Named[] = await documents.listIndexes().toArray().catch(unless<Named[]>(NO_COLLECTION, []));
  for (const { name } of present) {
    if (name.startsWith(OURS) && !names.has(name)) await documents.dropIndex(name).catch(unless(NO_INDEX, undefined));
  }
}

type Named = { readonly name: string };

/** Of many documents it takes longer than an answer may: the server goes on, and asking again waits for the same build. */
async function build(
  documents: Collection<StoredDocument>,
  indexes: readonly IndexDescription[],
  failure: () => Error | undefined,
): Promise<void> {
  for (;;) {
    try {
      await documents.createIndexes([...indexes]);
      return;
    } catch (error) {
      if (!(error instanceof MongoNetworkTimeoutError) || failure()) throw error;
    }
  }
}

const unless =
  <T>(code: number, instead: T) =>
  (error: unknown): T => {
    if (error instanceof MongoServerError && error.code === code) return instead;
    throw error;
  };
