import { z } from 'zod';
import { derivedId } from '../../../platform/kernel/index.ts';
import { actions } from '../../webhook-configuration/contract.ts';
import type { LocationWebhook } from './location-webhooks.projection.ts';
import { dateTime } from './record-values.ts';

export const NO_ACTION = `is not an action: they are 1 to ${actions.length}`;

/** The number of an action, with the names of all of them for the OpenAPI document. */
export const actionSchema = z
  .int('must be an integer')
  .min(1, NO_ACTION)
  .max(actions.length, NO_ACTION)
  .meta({
    description: 'What it listens to. `None` never fires',
    enum: actions.map(({ number }) => number),
    'x-enum-varnames': actions.map(({ name }) => name),
  });

const instant = () => z.iso.datetime();

export const recordSchema = z.object({
  BusinessId: z.int().describe('The location it belongs to'),
  Name: z.string(),
  Action: actionSchema,
  Description: z.string().nullable(),
  URL: z.string(),
  Active: z.boolean().describe('False while it is disabled, by whomever'),
  LastError: z.string().nullable().describe('Of the newest attempt that failed; later success does not clear it'),
  ErrorCount: z.int().describe('Failed attempts since it was last made active'),
  LastTrigger: instant().nullable().describe('When the newest attempt began; tests are none'),
  Id: z.int(),
  UpdatedOn: instant().describe('When its configuration or its status last changed'),
  CreatedOn: instant(),
  UniqueId: z.uuid(),
  UpdatedBy: z.string().describe('Who made that change'),
  IsNew: z.literal(false),
  SystemId: z.null(),
  ToStringText: z.string().describe('The name'),
  LocalizationDetails: z.null(),
  CustomFields: z.null(),
});
export type LocationRecord = z.infer<typeof recordSchema>;

/** A webhook that listens to one trigger, which is an action. */
export type Expressible = LocationWebhook & { readonly [F in 'businessId' | 'number' | 'action']: number };

export const isExpressible = (webhook: LocationWebhook): webhook is Expressible =>
  webhook.businessId !== null && webhook.number !== null && webhook.action !== null;

/** The order of the fields is part of what is published. */
export const recordOf = (webhook: Expressible): LocationRecord => ({
  BusinessId: webhook.businessId,
  Name: webhook.name,
  Action: webhook.action,
  Description: webhook.description,
  URL: webhook.url,
  Active: webhook.active,
  LastError: webhook.lastError,
  ErrorCount: webhook.errorCount,
  LastTrigger: webhook.lastTrigger === null ? null : dateTime(webhook.lastTrigger),
  Id: webhook.number,
  UpdatedOn: dateTime(webhook.updatedOn),
  CreatedOn: dateTime(webhook.createdOn),
  UniqueId: derivedId('webhook', webhook.webhookId),
  UpdatedBy: webhook.updatedBy,
  IsNew: false,
  SystemId: null,
  ToStringText: webhook.name,
  LocalizationDetails: null,
  CustomFields: null,
});

export const entrySchema = recordSchema.omit({ Description: true });
/** A record as lists have it: without its description. */
export type Entry = z.infer<typeof entrySchema>;

export function entryOf(webhook: Expressible): Entry {
  const { Description: _, ...entry } = recordOf(webhook);
  return entry;
}

const example: Expressible = {
  webhookId: '66b204f0c992d50b8b2f984c',
  workspaceId: 'company1Workspace',
  businessId: 1_234_567,
  number: 87_654_321,
  name: 'Door access',
  triggers: ['booking-create'],
  action: 6,
  description: 'Opens the door for who has booked',
  url: 'https://doors.example/bookings',
  active: true,
  lastError: null,
  errorCount: 0,
  lastTrigger: Date.UTC(2025, 0, 16, 8, 5),
  createdOn: Date.UTC(2025, 0, 15, 10, 30),
  updatedOn: Date.UTC(2025, 0, 15, 10, 30),
  updatedBy: 'admin@example.com',
  removed: false,
  listed: true,
};

export const recordExample = recordOf(example);
export const entryExample = entryOf(example);
