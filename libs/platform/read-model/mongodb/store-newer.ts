import type { AnyBulkWriteOperation, Collection } from 'mongodb';
import { duplicatesIn } from './failures.ts';
import type { StoredDocument } from './query-filter.ts';

/** Stores each of these unless what is stored under its id has a position as high. Rejects if any of them could not be stored. */
export async function storeNewer(
  documents: Collection<StoredDocument>,
  rows: readonly StoredDocument[],
): Promise<void> {
  if (rows.length === 0) return;
  try {
    await documents.bulkWrite(
      rows.map((row) => replaceOlder(row, true)),
      { ordered: false },
    );
  } catch (error) {
    // What could not be inserted is there, and nearly always newer; unless it was inserted after the update had looked for it.
    const there = duplicatesIn(error).map((index) => replaceOlder(rows[index] as StoredDocument, false));
    await documents.bulkWrite(there, { ordered: false });
  }
}

function replaceOlder({ _id, ...replacement }: StoredDocument, upsert: boolean): AnyBulkWriteOperation<StoredDocument> {
  const filter = { _id, position: { $lt: replacement.position } };
  // Without the hint an index by position is a plan to be considered each time.
  return { replaceOne: { filter, replacement, upsert, hint: { _id: 1 } } };
}
