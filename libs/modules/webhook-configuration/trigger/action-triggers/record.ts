import { derivedId } from '../../../../platform/kernel/index.ts';
import type { ActionName } from '../actions.ts';
import type { JsonObject } from '../trigger.events.ts';

/** What the catalog says of actions, each as label, description and example. */
export type Entries = Readonly<
  Partial<Record<ActionName, readonly [label: string, description: string, example: JsonObject]>>
>;

/** Open, since what a record looks like is the platform's business. A release may be stricter, per action. */
export const recordSchema: JsonObject = {
  type: 'object',
  properties: {
    Id: { description: 'The integer that the record is known by' },
    UniqueId: { description: 'The record again, as a UUID' },
  },
};

/** A record as an example has it. */
export const record = (Id: number, fields: JsonObject = {}): JsonObject => ({
  Id,
  UniqueId: derivedId('example record', Id),
  ...fields,
  CreatedOn: '2026-10-05T08:30:00Z',
  UpdatedOn: '2026-11-02T09:15:00Z',
});

/** The coworker that other records belong to. */
export const ofCoworker = { CoworkerId: 2101, CoworkerFullName: 'Ada Miller' };
