import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { branches, schemaTree, type SchemaNode } from './schema-tree.ts';

const named = (schema: object, name: string): SchemaNode | undefined =>
  schemaTree(schema).find((node) => node.name === name);
const property = (schema: object): SchemaNode | undefined => named({ properties: { it: schema } }, 'it');

describe('a schema as a tree', () => {
  it('tells of each property its type, whether it has to be there, and what it is for', () => {
    const schema = {
      type: 'object',
      required: ['id'],
      properties: { id: { type: 'string', description: 'Of the user' }, age: { type: ['integer', 'null'] } },
    };
    expect(schemaTree(schema)).toMatchObject([
      { name: 'id', type: 'text', isRequired: true, description: 'Of the user' },
      { name: 'age', type: 'whole number or null', isRequired: false },
    ]);
  });

  it('goes into lists of objects, and not into lists of texts', () => {
    const user = { type: 'object', properties: { email: { type: 'string' } } };
    expect(property({ type: 'array', items: user })).toMatchObject({
      type: 'list of objects',
      children: [{ name: 'each item', children: [{ name: 'email' }] }],
    });
    expect(property({ type: 'array', items: { type: 'string' } })).toMatchObject({
      type: 'list of texts',
      children: [],
    });
    expect(property({ type: 'array' })?.type).toBe('list');
  });

  it.each([
    [{ enum: ['a', 1] }, 'one of "a", 1'],
    [{ const: 'x' }, 'always "x"'],
    [{ format: 'date-time' }, 'as date-time'],
    [{ minLength: 3 }, 'at least 3 characters'],
    [{ maximum: 9 }, 'at most 9'],
    [{ pattern: '^a' }, 'like ^a'],
  ])('says in words what else holds: %j', (schema, rule) => {
    expect(property(schema)?.rules).toEqual([rule]);
  });

  it('names what may be one thing or another', () => {
    const node = property({ oneOf: [{ type: 'string' }, { type: 'object', properties: { a: {} } }] });
    expect(node?.type).toBe('one of several');
    expect(node?.children.map(({ name, type }) => [name, type])).toEqual([
      ['either 1', 'text'],
      ['either 2', 'object'],
    ]);
  });

  it('follows references within itself, and ends where they go round', () => {
    const schema = {
      $ref: '#/$defs/person',
      $defs: {
        person: {
          type: 'object',
          properties: { 'a/b': { $ref: '#/$defs/person/properties/a~1b' }, friend: { $ref: '#/$defs/person' } },
        },
      },
    };
    const [, friend] = schemaTree(schema);
    expect(friend).toMatchObject({ name: 'friend', type: 'object', rules: ['as the one it is in'], children: [] });
  });

  it('is empty for what says nothing', () => {
    for (const schema of [{}, true, null, 'x', { type: 'object' }]) expect(schemaTree(schema)).toEqual([]);
    expect(property({})?.type).toBe('anything');
  });

  it('can be made of anything, with an id for each node', () => {
    const word = fc.constantFrom('type', 'properties', 'items', '$ref', 'anyOf', 'required', 'enum', 'a', '%');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.jsonValue({ maxDepth: 1 }),
        fc.constant('#'),
        fc.dictionary(word, tie('tree')),
        fc.array(tie('tree'), { maxLength: 3 }),
      ),
    }));
    fc.assert(
      fc.property(tree, (schema) => {
        const ids = (nodes: readonly SchemaNode[]): string[] =>
          nodes.flatMap(({ id, children }) => [id, ...ids(children)]);
        const nodes = schemaTree(schema);
        expect(ids(nodes)).toEqual(expect.arrayContaining([...branches(nodes)]));
      }),
    );
  });
});
