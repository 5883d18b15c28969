import { convertToCommandError, ErrorType, isCommandError, WrongExpectedVersionError } from '@eventstore/db-client';
import { StoreUnavailable, WrongExpectedRevision } from '../port.ts';

/** What the server says about the call itself. It is reachable, and would say the same again. */
const ANSWERS: readonly string[] = [
  ErrorType.ACCESS_DENIED,
  ErrorType.INVALID_ARGUMENT,
  ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  ErrorType.NO_STREAM,
  ErrorType.STREAM_DELETED,
  ErrorType.STREAM_NOT_FOUND,
  ErrorType.UNSUPPORTED,
  ErrorType.WRONG_EXPECTED_VERSION,
];

/** The client's own errors, whatever the transport threw. */
export const commandErrorOf = (error: unknown): Error => {
  const asError = error instanceof Error ? error : new Error(String(error));
  // What is not of gRPC it would take apart as if it were.
  return 'details' in asError ? (convertToCommandError(asError) ?? asError) : asError;
};

/** Not reached, no leader, timed out, went away: whatever is not an answer to the call. */
export const isUnavailability = (error: Error): boolean => {
  if (error instanceof RangeError || error instanceof WrongExpectedRevision || error instanceof StoreUnavailable)
    return false;
  return !isCommandError(error) || !ANSWERS.includes(error.type);
};

export const isDeleted = (error: Error): boolean => isCommandError(error) && error.type === ErrorType.STREAM_DELETED;

/** The server ends a live subscription whose reader cannot keep up; it is as well as before. */
export const isTooSlow = (error: Error): boolean =>
  isCommandError(error) && error.type === ErrorType.TIMEOUT && error.message.includes('too slow');

export class Silence extends Error {
  override readonly name = 'Silence';
  constructor(seconds: number) {
    super(`There was no answer within ${seconds} s.`);
  }
}

/** The server's own, not that it was silent. */
export const isTimedOut = (error: unknown): boolean =>
  error instanceof Error && isCommandError(error) && error.type === ErrorType.DEADLINE_EXCEEDED;

/** Where the stream is instead, when that is what the server says. */
export function wrongExpectation(error: unknown): number | 'no-stream' | undefined {
  if (!(error instanceof WrongExpectedVersionError)) return undefined;
  return typeof error.actualVersion === 'bigint' ? Number(error.actualVersion) : 'no-stream';
}
