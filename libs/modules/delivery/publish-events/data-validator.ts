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
      const at = pathTo(error.instancePath, data);
      if (error.keyword === 'required') {
        return { field: `${at}.${String(error.params['missingProperty'])}`, message: 'is required' };
      }
      if (error.keyword === 'additionalProperties') {
        return { field: `${at}.${String(error.params['additionalProperty'])}`, message: 'is not a known field' };
      }
      return { field: at, message: error.message ?? 'is invalid' };
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

/** A JSON pointer into `data`, as a field of the request: `data.list[0].name`. */
function pathTo(pointer: string, data: unknown): string {
  let path = 'data';
  let value = data;
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~');
    path += Array.isArray(value) ? `[${key}]` : `.${key}`;
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return path;
}
