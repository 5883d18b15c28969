import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openApiSchema } from '../../../platform/http/index.ts';
import { actions } from '../../webhook-configuration/contract.ts';
import type { LocationWebhook } from './location-webhooks.projection.ts';
import { dateTime, nameOfActor } from './record-values.ts';
import {
  actionSchema,
  entryOf,
  entrySchema,
  isExpressible,
  recordOf,
  recordSchema,
  type Expressible,
} from './record.ts';

const webhook: Expressible = {
  webhookId: '66b204f0c992d50b8b2f984c',
  workspaceId: 'company1',
  businessId: 11,
  number: 22,
  name: 'Bookings',
  triggers: ['booking-create'],
  action: 6,
  description: 'For the doors',
  url: 'https://doors.example',
  active: true,
  lastError: 'answered 500',
  errorCount: 3,
  lastTrigger: Date.UTC(2025, 0, 16, 8, 5, 59, 999),
  createdOn: Date.UTC(2025, 0, 15, 10, 30),
  updatedOn: Date.UTC(2025, 0, 15, 10, 31),
  updatedBy: 'admin@example.com',
  removed: false,
  listed: true,
};

describe('the record of a webhook', () => {
  it('has the published fields, in their order', () => {
    expect(Object.entries(recordOf(webhook))).toEqual(
      Object.entries({
        BusinessId: 11,
        Name: 'Bookings',
        Action: 6,
        Description: 'For the doors',
        URL: 'https://doors.example',
        Active: true,
        LastError: 'answered 500',
        ErrorCount: 3,
        LastTrigger: '2025-01-16T08:05:59Z',
        Id: 22,
        UpdatedOn: '2025-01-15T10:31:00Z',
        CreatedOn: '2025-01-15T10:30:00Z',
        UniqueId: '51b20e04-ecc9-83e7-b63b-0e1efb641a7d',
        UpdatedBy: 'admin@example.com',
        IsNew: false,
        SystemId: null,
        ToStringText: 'Bookings',
        LocalizationDetails: null,
        CustomFields: null,
      }),
    );
    expect(recordSchema.strict().safeParse(recordOf(webhook)).success).toBe(true);
  });

  it('has null for what there is not', () =>
    expect(recordOf({ ...webhook, description: null, lastError: null, lastTrigger: null })).toMatchObject({
      Description: null,
      LastError: null,
      LastTrigger: null,
    }));

  it('is without its description in lists, and otherwise the same', () => {
    const { Description: _, ...rest } = recordOf(webhook);
    expect(Object.entries(entryOf(webhook))).toEqual(Object.entries(rest));
    expect(entrySchema.strict().safeParse(entryOf(webhook)).success).toBe(true);
  });

  it.each<Partial<LocationWebhook>>([{ number: null, businessId: null }, { action: null }])(
    'is there for no webhook with %j',
    (change) => expect([isExpressible(webhook), isExpressible({ ...webhook, ...change })]).toEqual([true, false]),
  );
});

describe('an instant in a record', () => {
  it('is ISO 8601 in UTC, with what is less than a second cut off', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (at) => {
        expect(dateTime(at)).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
        expect(Date.parse(dateTime(at))).toBe(at - (at % 1_000));
      }),
    ));
});

describe('the name of an actor', () => {
  it.each([
    ['client:crm', 'crm'],
    ['user:admin@example.com', 'admin@example.com'],
    ['client:user:x', 'user:x'],
    ['system', 'Carillon'],
    ['saga:disable-failing-webhook', 'Carillon'],
    ['ingestion', 'Carillon'],
  ])('of %s is %s', (actor, name) => expect(nameOfActor(actor)).toBe(name));
});

describe('an action', () => {
  it('is one of the 90 numbers, and documented with their names', () => {
    for (const number of [1, 6, 90]) expect(actionSchema.safeParse(number).success).toBe(true);
    for (const other of [0, 91, 1.5, '6', null]) expect(actionSchema.safeParse(other).success).toBe(false);
    expect(openApiSchema(actionSchema, 'input')).toMatchObject({
      type: 'integer',
      enum: Array.from({ length: 90 }, (_, at) => at + 1),
      'x-enum-varnames': actions.map(({ name }) => name),
    });
  });
});
