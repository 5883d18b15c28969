import { MongoBulkWriteError, MongoError, MongoServerError } from 'mongodb';
import { ReadModelUnavailable } from '../port.ts';

const DUPLICATE_KEY = 11000;
/** Of the driver, by name: some of their classes are not exported. */
const UNREACHED: ReadonlySet<string> = new Set([
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoPoolClearedError',
  'MongoPoolClosedError',
  'MongoServerSelectionError',
  'MongoServerClosedError',
  'MongoTopologyClosedError',
  'MongoClientClosedError',
  'MongoNotConnectedError',
  'MongoWaitQueueTimeoutError',
]);
/** Of a server that is shutting down, is not the primary (any more), or has no majority behind it. */
const NOT_NOW: ReadonlySet<number> = new Set([
  6, 7, 64, 89, 91, 100, 134, 189, 202, 262, 9001, 10058, 10107, 11600, 11602, 13435, 13436,
]);

/** For what the driver throws because the server is away, an error that says so; anything else as it is. */
export function failureOf(error: unknown): unknown {
  if (!isUnavailable(error)) return error;
  return new ReadModelUnavailable('The stored documents cannot be reached at this moment.', { cause: error });
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof MongoError)) return false;
  // A bulk write wraps whatever ended it, and then has no code of a server.
  if (UNREACHED.has(error.name) || (error instanceof MongoBulkWriteError && typeof error.code !== 'number'))
    return true;
  return error instanceof MongoServerError && NOT_NOW.has(Number(error.code ?? error.writeConcernError?.code));
}

/** Which writes found that what they were to insert was there already. Throws the error if anything else went wrong. */
export function duplicatesIn(error: unknown): readonly number[] {
  if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
  const failures = [error.writeErrors].flat();
  if (failures.length === 0 || failures.some(({ code }) => code !== DUPLICATE_KEY)) throw error;
  return failures.map(({ index }) => index);
}
