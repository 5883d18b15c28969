import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

const definition = z.object({
  type: z.string(),
  label: z.string(),
  description: z.string(),
  schema: z.record(z.string(), z.unknown()),
  example: z.record(z.string(), z.unknown()),
});

const action = z.object({ number: z.int(), name: z.string() });

/** The definition must have been checked: that the schema compiles, and that the example satisfies it. */
export class AddTrigger extends command('AddTrigger', definition.extend({ action: action.optional() })) {}
/** The definition must have been checked, as for `AddTrigger`. The action stays. */
export class ChangeTrigger extends command('ChangeTrigger', definition) {}

export type TriggerCommand = AddTrigger | ChangeTrigger;
