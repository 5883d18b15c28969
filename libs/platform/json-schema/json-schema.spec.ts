import { describe, expect, it } from '@jest/globals';
import { errorsIn, schemaProblem, type JsonSchema } from './json-schema.ts';

const person = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 2 }, born: { type: 'string', format: 'date' } },
  additionalProperties: false,
};
const company = {
  type: 'object',
  required: ['owner'],
  properties: {
    owner: person,
    staff: { type: 'array', items: person },
    'a/b~c': { type: 'object', required: ['d/e'] },
    kind: { enum: ['small', 'large'] },
  },
};

describe('data', () => {
  it('that satisfies the schema has no errors', () => {
    expect(errorsIn({ owner: { name: 'Ada', born: '1815-12-10' }, more: 1 }, company)).toEqual([]);
  });

  it('that lacks a field is told which', () => {
    expect(errorsIn({}, company)).toEqual([{ field: 'data.owner', message: 'is required' }]);
    expect(errorsIn({ owner: {} }, company)).toEqual([{ field: 'data.owner.name', message: 'is required' }]);
  });

  it('is told every fault, each where it is in the request', () => {
    const data = { owner: { name: 'A' }, staff: [{ name: 'Bo' }, { name: 7 }, {}], kind: 'medium' };
    expect(errorsIn(data, company)).toEqual([
      { field: 'data.owner.name', message: 'must NOT have fewer than 2 characters' },
      { field: 'data.staff[1].name', message: 'must be string' },
      { field: 'data.staff[2].name', message: 'is required' },
      { field: 'data.kind', message: 'must be equal to one of the allowed values' },
    ]);
  });

  it('may go by another name than `data`', () => {
    expect(errorsIn({ owner: {} }, company, 'example')).toEqual([
      { field: 'example.owner.name', message: 'is required' },
    ]);
    expect(errorsIn([], company, 'example')).toEqual([{ field: 'example', message: 'must be object' }]);
  });

  it('is told the name of a field that has no place', () => {
    expect(errorsIn({ owner: { name: 'Ada', age: 7 } }, company)).toEqual([
      { field: 'data.owner.age', message: 'is not a known field' },
    ]);
  });

  it('is told names as they are, whatever is in them', () => {
    expect(errorsIn({ owner: { name: 'Ada' }, 'a/b~c': {} }, company)).toEqual([
      { field: 'data.a/b~c.d/e', message: 'is required' },
    ]);
  });

  it('of a format is checked', () => {
    expect(errorsIn({ owner: { name: 'Ada', born: 'long ago' } }, company)).toEqual([
      { field: 'data.owner.born', message: 'must match format "date"' },
    ]);
  });

  it('is checked against the schema that is given with it', () => {
    const [before, after] = [{ required: ['a'] }, { required: ['b'] }];
    expect(errorsIn({ a: 1 }, before)).toEqual([]);
    expect(errorsIn({ a: 1 }, after)).toEqual([{ field: 'data.b', message: 'is required' }]);
    expect(errorsIn({ a: 1 }, before)).toEqual([]);
  });

  it('may be of schemas that have the same $id', () => {
    const one = { $id: 'https://schemas.example/x', required: ['a'] };
    const other = { $id: 'https://schemas.example/x', properties: { a: { type: 'string' } } };
    expect(errorsIn({ a: 1 }, one)).toEqual([]);
    expect(errorsIn({ a: 1 }, other)).toEqual([{ field: 'data.a', message: 'must be string' }]);
  });
});

describe('a schema that refers to itself', () => {
  const endless = 'cannot be checked: the schema refers to itself without end';

  it('goes as deep as the data', () => {
    const tree = { type: 'object', required: ['name'], properties: { child: { $ref: '#' } } };
    expect(errorsIn({ name: 'a', child: { name: 'b', child: {} } }, tree)).toEqual([
      { field: 'data.child.child.name', message: 'is required' },
    ]);
  });

  it.each([
    ['at once', { $ref: '#' }],
    ['by a detour', { allOf: [{ $ref: '#/$defs/a' }], $defs: { a: { not: { $ref: '#' } } } }],
  ])('without end, %s, finds all data at fault', (_how, schema) => {
    expect(errorsIn({ a: 1 }, schema, 'example')).toEqual([{ field: 'example', message: endless }]);
  });

  it('without end in one place finds data at fault that have something there', () => {
    const schema = { properties: { a: { $ref: '#/$defs/a' } }, $defs: { a: { anyOf: [{ $ref: '#/$defs/a' }] } } };
    expect(errorsIn({ b: 1 }, schema)).toEqual([]);
    expect(errorsIn({ a: 1 }, schema)).toEqual([{ field: 'data', message: endless }]);
    expect(errorsIn({ b: 1 }, schema)).toEqual([]);
  });
});

describe('a schema', () => {
  it('that is too deep to be compiled has a problem', () => {
    let schema: object = {};
    for (let depth = 0; depth < 20_000; depth++) schema = { not: schema };
    expect(schemaProblem(schema as JsonSchema)).toBe('cannot be checked: it is too deep');
  });

  it('may use formats, references into itself, and keywords nobody knows', () => {
    const schema = { $defs: { at: { type: 'string', format: 'date' } }, properties: { at: { $ref: '#/$defs/at' } } };
    expect(schemaProblem({ ...schema, 'x-owner': 'billing' })).toBeUndefined();
  });

  it.each([
    ['a type that does not exist', { type: 'money' }],
    ['a reference that leads nowhere', { $ref: '#/$defs/missing' }],
    ['a reference to another server', { $ref: 'https://schemas.example/a.json' }],
    ['an expression that is none', { properties: { a: { pattern: '(' } } }],
    ['a validator that answers later', { $async: true, type: 'object' }],
    ['another dialect', { $schema: 'http://json-schema.org/draft-04/schema#' }],
  ])('has a problem with %s', (_what, schema) => {
    expect(schemaProblem(schema)).toEqual(expect.any(String));
    expect(schemaProblem(schema)).not.toBe('');
  });
});
