import type { Recorded } from '../../../libs/platform/kernel/index.ts';

/** The migration cannot begin, or go on: the message says what was found, and what to do about it. */
export class MigrationRefused extends Error {
  override readonly name = 'MigrationRefused';
}

export const WAY_OUT = 'Give another STREAM_PREFIX, or empty the target, and copy again from the start.';

/** @param expected absent where the target should end. */
export function notACopy(found: Recorded, expected: Recorded | undefined): MigrationRefused {
  const wanted = expected ? inWords(expected) : 'no such event';
  return new MigrationRefused(
    `The target holds ${inWords(found)}, where a copy of the data folder has ${wanted}: it is no beginning of this copy. ${WAY_OUT}`,
  );
}

const inWords = ({ stream, revision, type, id }: Recorded): string =>
  `${type} ${id} at ${stream}, revision ${revision}`;
