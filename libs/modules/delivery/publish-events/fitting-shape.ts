import { errorsIn } from '../../../platform/json-schema/json-schema.ts';
import type { FieldError } from '../../../platform/kernel/index.ts';
import type { PayloadVersions } from '../../version-lifecycle/contract.ts';

/** The version that data fits; with errors, which are about the newest shape, it fits none. */
export type Fitting = { readonly version: string; readonly errors: readonly FieldError[] };

/** `shapes`: those that are accepted, newest first. Undefined when there is none. */
export function fittingShape(data: unknown, shapes: ReturnType<PayloadVersions['accepted']>): Fitting | undefined {
  const newest = shapes[0];
  if (!newest) return undefined;
  const { version } = newest;
  const errors = errorsIn(data, newest.schema);
  if (errors.length === 0) return { version, errors };
  const older = shapes.slice(1).find(({ schema }) => errorsIn(data, schema).length === 0);
  return older ? { version: older.version, errors: [] } : { version, errors };
}
