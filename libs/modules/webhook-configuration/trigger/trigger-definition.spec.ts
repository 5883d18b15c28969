import { describe, expect, it } from '@jest/globals';
import { seedTriggers } from './seed-triggers.ts';
import { checkDefinition, definitionProblem, triggerSchema } from './trigger-definition.ts';

const ownOfObjects = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
const object = { type: 'object', required: ['amount'], properties: { amount: { type: 'string' } } };

describe('the definition of a trigger', () => {
  it('has a schema that its example satisfies', () =>
    expect(definitionProblem(object, { amount: '5' })).toBeUndefined());

  it('may use formats, and keywords nobody knows', () => {
    const schema = { properties: { at: { type: 'string', format: 'date-time' } }, 'x-owner': 'billing' };
    expect(definitionProblem(schema, { at: '2026-11-01T00:00:00Z' })).toBeUndefined();
    expect(definitionProblem(schema, { at: 'yesterday' })).toMatchObject({ field: 'example' });
  });

  it('tells why the example does not fit', () => {
    expect(definitionProblem(object, { amount: 5 })).toEqual({
      field: 'example',
      message: expect.stringContaining('amount must be string'),
    });
  });

  it.each([
    ['a type that does not exist', { type: 'money' }],
    ['a reference that leads nowhere', { $ref: '#/$defs/missing' }],
    ['a reference to another server', { $ref: 'https://schemas.example/a.json' }],
    ['an expression that is none', { properties: { a: { pattern: '(' } } }],
    ['a validator that answers later', { $async: true, type: 'object' }],
    ['another dialect', { $schema: 'http://json-schema.org/draft-04/schema#' }],
  ])('is refused for a schema with %s', (_what, schema) =>
    expect(definitionProblem(schema, {})).toMatchObject({ field: 'schema' }),
  );

  it('says the same as a body', () => {
    const body = triggerSchema.superRefine(checkDefinition);
    const definition = { type: 'invoice.paid', label: 'Paid', description: '', schema: object, example: {} };
    expect(body.safeParse({ ...definition, example: { amount: '5' } }).success).toBe(true);
    expect(body.safeParse(definition).error?.issues).toMatchObject([{ path: ['example'] }]);
  });

  it.each(['invoice', 'invoice-paid', 'invoice.paid.v2', '3d-scan'])('may be of type %s', (type) =>
    expect(triggerSchema.shape.type.safeParse(type).success).toBe(true),
  );

  it.each(['', 'Invoice', 'invoice--paid', '-invoice', 'invoice.', 'invoice paid', 'a'.repeat(101), ...ownOfObjects])(
    'may not be of type %j',
    (type) => expect(triggerSchema.shape.type.safeParse(type).success).toBe(false),
  );
});

describe('the first catalog', () => {
  it.each(seedTriggers)('has a sound definition of $type', (definition) => {
    expect(triggerSchema.parse(definition)).toEqual(definition);
    expect(definitionProblem(definition.schema, definition.example)).toBeUndefined();
    expect(definition.label).not.toBe('');
    expect(definition.description).toMatch(/\.$/);
  });

  it('has the eleven triggers and the test, each once', () => {
    expect(new Set(seedTriggers.map(({ type }) => type)).size).toBe(12);
  });

  it('takes the sparest workspace that a publisher may send, and no other type of it', () => {
    const schema = seedTriggers.find(({ type }) => type === 'workspace-created')?.schema ?? {};
    const least = { companyName: 'company1', displayName: 'company1', type: 'child' };
    expect(definitionProblem(schema, { ...least, region: 'eu' })).toBeUndefined();
    expect(definitionProblem(schema, { ...least, type: 'tenant' })).toMatchObject({ field: 'example' });
    expect(definitionProblem(schema, { ...least, maxProtectedUsers: 25 })).toMatchObject({ field: 'example' });
  });
});
