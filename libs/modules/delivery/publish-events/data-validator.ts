import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { FieldError } from '../../../platform/kernel/index.ts';
import type { TriggerDocument } from '../../webhook-configuration/contract.ts';

/** Checks an event's `data` against its trigger's JSON Schema, compiled once for each version of the trigger. */
export class DataValidator {
  readonly #compiled = new WeakMap<TriggerDocument, ValidateFunction>();

  errorsIn(data: unknown, trigger: TriggerDocument): FieldError[] {
    const validate = this.#compiled.get(trigger) ?? this.#compile(trigger);
    if (validate(data)) return [];
    return (validate.errors ?? []).map((error) => {
      const missing = error.keyword === 'required' ? `/${String(error.params['missingProperty'])}` : '';
      return {
        field: `data${(error.instancePath + missing).replaceAll('/', '.')}`,
        message: missing ? 'is required' : (error.message ?? 'is invalid'),
      };
    });
  }

  #compile(trigger: TriggerDocument): ValidateFunction {
    const ajv = new Ajv2020({ strict: false, allErrors: true });
    addFormats.default(ajv);
    const validate = ajv.compile(trigger.schema);
    this.#compiled.set(trigger, validate);
    return validate;
  }
}
