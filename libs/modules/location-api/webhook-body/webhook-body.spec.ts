import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { openApiSchema } from '../../../platform/http/index.ts';
import { actions } from '../../webhook-configuration/contract.ts';
import { LocationInvalid, type Fault } from '../envelope/location-invalid.ts';
import { recordExample } from '../webhook-record/record.ts';
import { objectOf, readBody } from './read-body.ts';
import { bodyExample, createSchema, settingsOf, updateSchema } from './webhook-body.ts';

const workspaceId = 'harbourHouse';
const required = { BusinessId: 1, Name: 'Doors', Action: 6, URL: 'https://doors.example/' };
const read = (body: object, location: string | undefined = workspaceId) =>
  settingsOf(readBody(createSchema({ workspaceId: location }), { ...body }));

function faultsOf(reading: () => unknown): readonly Fault[] {
  try {
    reading();
  } catch (error) {
    if (error instanceof LocationInvalid) return error.faults;
    throw error;
  }
  return [];
}
const messagesOf = (body: object) => faultsOf(() => read(body)).map((fault) => [fault.propertyName, fault.message]);

describe('the body of a webhook', () => {
  it('is read into what commands have', () => {
    expect(read(bodyExample)).toEqual({
      workspaceId,
      name: bodyExample.Name,
      trigger: 'booking-create',
      url: bodyExample.URL,
      description: bodyExample.Description,
      status: 'enabled',
    });
    expect(read({ ...required, Active: false })).toMatchObject({ status: 'disabled' });
  });

  it('leaves open what it leaves out, and a null clears a description only', () => {
    expect(read(required)).toMatchObject({ description: undefined, status: undefined });
    expect(read({ ...required, Description: null, Active: null })).toMatchObject({
      description: '',
      status: undefined,
    });
  });

  it('knows the trigger of each action', () => {
    for (const { number, trigger } of actions) expect(read({ ...required, Action: number })).toMatchObject({ trigger });
  });

  it.each([0, -1, 91, Number.MAX_SAFE_INTEGER])('knows no action %i', (Action) => {
    expect(messagesOf({ ...required, Action })).toEqual([['Action', 'is not an action: they are 1 to 90']]);
  });

  it('may be a record, as it was read', () => {
    expect(read(recordExample)).toMatchObject({ name: recordExample.Name, trigger: 'booking-create' });
    const update = readBody(updateSchema({ workspaceId, isElsewhere: false }), { ...recordExample });
    expect(update.Id).toBe(recordExample.Id);
  });

  it('says of an Id that it is of a webhook elsewhere', () => {
    const isElsewhere = () => readBody(updateSchema({ workspaceId, isElsewhere: true }), { ...required, Id: 5 });
    expect(faultsOf(isElsewhere)).toEqual([
      { propertyName: 'Id', message: 'is a webhook of another location', attemptedValue: 5 },
    ]);
  });

  it.each([
    ['Name', 256],
    ['Description', 4_096],
  ])('takes a %s of up to %i characters', (field, longest) => {
    expect(messagesOf({ ...required, [field]: 'x'.repeat(longest) })).toEqual([]);
    const [fault] = messagesOf({ ...required, [field]: 'x'.repeat(longest + 1) });
    expect(fault).toEqual([field, `must be at most ${longest} characters`]);
  });

  it('has one fault for each property that is wrong, with what was sent', () => {
    const missing = fc.constantFrom(undefined, null);
    const text = fc.oneof(missing, fc.constant(''), fc.integer(), fc.boolean(), fc.array(fc.string()), fc.object());
    const integer = fc.oneof(missing, fc.string(), fc.double({ noInteger: true }), fc.boolean(), fc.array(fc.nat()));
    const wrong = {
      BusinessId: integer,
      Name: text,
      Action: integer,
      URL: text,
      Description: fc.oneof(fc.integer(), fc.boolean(), fc.array(fc.string())),
      Active: fc.oneof(fc.string(), fc.integer(), fc.array(fc.boolean())),
      Colour: fc.jsonValue(),
    };
    const order = Object.keys(wrong);
    fc.assert(
      fc.property(fc.record(wrong, { requiredKeys: [] }), fc.subarray(['Name', 'URL']), (given, sound) => {
        const body: Record<string, unknown> = { ...required, ...given };
        for (const field of sound) body[field] = required[field as 'Name' | 'URL'];
        const expected = order.filter((field) => field in given && !sound.includes(field));
        const faults = faultsOf(() => read(body));
        expect(faults.map(({ propertyName }) => propertyName)).toEqual(expected);
        for (const { propertyName, attemptedValue } of faults) expect(attemptedValue).toBe(body[propertyName]);
      }),
    );
  });

  it('is documented with what it needs, and the actions by number and name', () => {
    const required = ['BusinessId', 'Name', 'Action', 'URL'];
    const Action = { enum: actions.map(({ number }) => number), 'x-enum-varnames': actions.map(({ name }) => name) };
    const created = openApiSchema(createSchema({ workspaceId }), 'input');
    const updated = openApiSchema(updateSchema({ workspaceId, isElsewhere: false }), 'input');
    expect(created).toMatchObject({ required, properties: { Action }, additionalProperties: false });
    expect(updated).toMatchObject({ required: ['Id', ...required], properties: { Action } });
  });

  it('is an object', () => {
    for (const body of [undefined, null, [], 'text', 5, true]) expect(() => objectOf(body)).toThrow('JSON object');
  });
});
