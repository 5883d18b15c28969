import { actions } from '../actions.ts';
import type { TriggerDefinition } from '../trigger.events.ts';
import { community } from './community.ts';
import { contracts } from './contracts.ts';
import { coworkers } from './coworkers.ts';
import { frontDesk } from './front-desk.ts';
import { invoices } from './invoices.ts';
import { record, recordSchema, type Entries } from './record.ts';
import { spaces } from './spaces.ts';

const none = {
  None: ['None', 'Never fires: a webhook that listens to it gets no alerts.', record(1)],
} as const satisfies Entries;

const entries: Required<Entries> = {
  ...none,
  ...coworkers,
  ...contracts,
  ...invoices,
  ...spaces,
  ...frontDesk,
  ...community,
};

/** The catalog's entries for the actions of the location dialect, in order of number. */
export const actionTriggers: readonly TriggerDefinition[] = actions.map(({ number, name, trigger }) => {
  const [label, description, example] = entries[name];
  return { type: trigger, label, description, schema: recordSchema, example, action: { number, name } };
});
