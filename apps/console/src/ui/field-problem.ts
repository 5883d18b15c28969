import { ApiProblem } from '../api/problem.ts';

/** Whether every complaint belongs to one of these fields, so that nothing is left to be said above the form. */
export function isAllOf(error: unknown, fields: readonly string[]): boolean {
  return (
    error instanceof ApiProblem && error.errors.length > 0 && error.errors.every(({ field }) => fields.includes(field))
  );
}

/** What is wrong with a field, as a sentence: the server says "must be …". */
export function complaint(error: unknown, field: string, label: string): string | undefined {
  const message = error instanceof ApiProblem ? error.messageOf(field) : undefined;
  return message === undefined ? undefined : `${label} ${message}.`;
}
