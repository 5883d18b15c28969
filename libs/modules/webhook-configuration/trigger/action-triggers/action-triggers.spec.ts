import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actions, NEVER_FIRES } from '../actions.ts';
import { seedTriggers } from '../seed-triggers.ts';
import { definitionProblem, triggerSchema } from '../trigger-definition.ts';
import { actionTriggers } from './action-triggers.ts';

const ISO_8601 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Every text in JSON. */
const textsIn = (value: unknown): string[] => {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
};

describe('the catalog of actions', () => {
  it('has each of them once, in order of number', () => {
    expect(actionTriggers.map(({ type, action }) => ({ ...action, trigger: type }))).toEqual(actions);
    expect(new Set(actionTriggers.map(({ action }) => action?.number)).size).toBe(90);
  });

  it('calls no two triggers alike', () => {
    const all = [...seedTriggers, ...actionTriggers];
    for (const told of [all.map(({ label }) => label), all.map(({ description }) => description)])
      expect(told.filter((text, index) => told.indexOf(text) !== index)).toEqual([]);
  });

  it('says of the one that never fires that it does not', () =>
    expect(actionTriggers.find(({ type }) => type === NEVER_FIRES)).toMatchObject({
      label: 'None',
      description: expect.stringMatching(/never fires/i),
    }));
});

describe.each(actionTriggers)('the entry of $type', ({ action: _, ...definition }) => {
  const { schema, example, description } = definition;

  it('is sound, and one sentence says what it is', () => {
    expect(triggerSchema.parse(definition)).toEqual(definition);
    expect(definitionProblem(schema, example)).toBeUndefined();
    expect(description).toMatch(/^[A-Z][^.]+\.$/);
  });

  it('has a record as its example, with addresses that belong to nobody', () => {
    expect(example).toMatchObject({
      Id: expect.any(Number),
      UniqueId: expect.stringMatching(UUID),
      CreatedOn: expect.stringMatching(ISO_8601),
      UpdatedOn: expect.stringMatching(ISO_8601),
    });
    const addresses = textsIn(example).filter((text) => text.includes('@'));
    expect(addresses.filter((address) => !address.endsWith('.example'))).toEqual([]);
  });
});

describe('a record', () => {
  const schema = actionTriggers[0]?.schema ?? {};
  const takes = (data: object) => definitionProblem(schema, data as Record<string, unknown>) === undefined;

  it('may have any fields, and need have none', () => {
    expect(actionTriggers.filter((trigger) => trigger.schema !== schema)).toEqual([]);
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (fields) => takes(fields)));
    expect(takes({ Id: 7, UniqueId: '0C8A1A3E-0000-4000-8000-000000000000' })).toBe(true);
    expect(takes({ Id: 'seven', UniqueId: null })).toBe(true);
  });

  it('is an object', () => expect(takes([])).toBe(false));
});
