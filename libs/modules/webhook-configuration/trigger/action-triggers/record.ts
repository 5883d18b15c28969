import { derivedId } from '../../../../platform/kernel/index.ts';
import type { ActionName } from '../actions.ts';
import type { JsonObject } from '../trigger.events.ts';

/** What the catalog says of actions, each as label, description and example. */
export type Entries = Readonly<
  Partial<Record<ActionName, readonly [label: string, description: string, example: JsonObject]>>
>;

/** Open, since the other fields of a record are the platform's business, and with nothing required: a record may be of any kind. */
export const recordSchema: JsonObject = {
  type: 'object',
  properties: {
    Id: { type: 'integer', description: 'The number of the record' },
    UniqueId: { type: 'string', format: 'uuid', description: 'The record again, as a UUID' },
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
