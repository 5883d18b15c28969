import { describe, expect, it } from '@jest/globals';
import type { TriggerDocument } from '../../webhook-configuration/contract.ts';
import { DataValidator } from './data-validator.ts';

const trigger = (schema: Record<string, unknown>): TriggerDocument => ({
  type: 'created',
  label: 'Created',
  description: '',
  schema,
  example: {},
});
const person = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 2 }, born: { type: 'string', format: 'date' } },
  additionalProperties: false,
};
const company = trigger({
  type: 'object',
  required: ['owner'],
  properties: {
    owner: person,
    staff: { type: 'array', items: person },
    'a/b~c': { type: 'object', required: ['d/e'] },
    kind: { enum: ['small', 'large'] },
  },
});
const errorsIn = (data: object, of = company) => new DataValidator().errorsIn(data, of);

describe('data', () => {
  it('that satisfies the schema has no errors', () => {
    expect(errorsIn({ owner: { name: 'Ada', born: '1815-12-10' }, more: 1 })).toEqual([]);
  });

  it('that lacks a field is told which', () => {
    expect(errorsIn({})).toEqual([{ field: 'data.owner', message: 'is required' }]);
    expect(errorsIn({ owner: {} })).toEqual([{ field: 'data.owner.name', message: 'is required' }]);
  });

  it('is told every fault, each where it is in the request', () => {
    const data = { owner: { name: 'A' }, staff: [{ name: 'Bo' }, { name: 7 }, {}], kind: 'medium' };
    expect(errorsIn(data)).toEqual([
      { field: 'data.owner.name', message: 'must NOT have fewer than 2 characters' },
      { field: 'data.staff[1].name', message: 'must be string' },
      { field: 'data.staff[2].name', message: 'is required' },
      { field: 'data.kind', message: 'must be equal to one of the allowed values' },
    ]);
  });

  it('is told the name of a field that has no place', () => {
    expect(errorsIn({ owner: { name: 'Ada', age: 7 } })).toEqual([
      { field: 'data.owner.age', message: 'is not a known field' },
    ]);
  });

  it('is told names as they are, whatever is in them', () => {
    expect(errorsIn({ owner: { name: 'Ada' }, 'a/b~c': {} })).toEqual([
      { field: 'data.a/b~c.d/e', message: 'is required' },
    ]);
  });

  it('of a format is checked', () => {
    expect(errorsIn({ owner: { name: 'Ada', born: 'long ago' } })).toEqual([
      { field: 'data.owner.born', message: 'must match format "date"' },
    ]);
  });

  it('is checked against the trigger as it is now', () => {
    const validator = new DataValidator();
    const before = trigger({ required: ['a'] });
    const after = trigger({ required: ['b'] });
    expect(validator.errorsIn({ a: 1 }, before)).toEqual([]);
    expect(validator.errorsIn({ a: 1 }, after)).toEqual([{ field: 'data.b', message: 'is required' }]);
    expect(validator.errorsIn({ a: 1 }, before)).toEqual([]);
  });

  it('may be of triggers whose schemas have the same $id', () => {
    const [one, other] = [
      trigger({ $id: 'https://schemas.example/x', required: ['a'] }),
      trigger({ $id: 'https://schemas.example/x', properties: { a: { type: 'string' } } }),
    ];
    const validator = new DataValidator();
    expect(validator.errorsIn({ a: 1 }, one)).toEqual([]);
    expect(validator.errorsIn({ a: 1 }, other)).toEqual([{ field: 'data.a', message: 'must be string' }]);
  });
});
