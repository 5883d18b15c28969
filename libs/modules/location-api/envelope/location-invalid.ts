import { Refusal } from '../../../platform/kernel/index.ts';

/** One property that is wrong. `attemptedValue` is what was sent, null (or undefined) where nothing was. */
export type Fault = { readonly propertyName: string; readonly message: string; readonly attemptedValue: unknown };

/** A request of the location dialect that is wrong, with every fault of it. */
export class LocationInvalid extends Refusal {
  constructor(readonly faults: readonly Fault[]) {
    const errors = faults.map(({ propertyName, message }) => ({ field: propertyName, message }));
    super('invalid', errors.map(({ field, message }) => `${field}: ${message}`).join('; '), { errors });
  }
}
