export type SchemaNode = {
  /** Unique in its tree: the way to it. */
  readonly id: string;
  /** Of a property; `[ ]` of the items of an array; words for what is neither. */
  readonly name: string;
  /** "text", "list of objects", "one of" */
  readonly type: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** What else holds: "at least 3 characters". */
  readonly rules: readonly string[];
  readonly children: readonly SchemaNode[];
};

type Schema = Readonly<Record<string, unknown>>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? (value as unknown[]) : []);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

const DEEPEST = 12;

/** A JSON Schema for people: the properties of an object, each with what may be in it. References are followed within the schema. */
export function schemaTree(schema: unknown): readonly SchemaNode[] {
  const root = isSchema(schema) ? schema : {};
  const reader = new Reader(root);
  return reader.children(root, '', []);
}

class Reader {
  constructor(private readonly root: Schema) {}

  /** `above`: the schemas it is in. What is within itself is not gone into again. */
  children(given: unknown, path: string, above: readonly unknown[]): readonly SchemaNode[] {
    const schema = this.#resolved(given);
    if (!isSchema(schema) || above.includes(schema) || above.length > DEEPEST) return [];
    const required = listOf(schema['required']);
    const node = (name: string, value: unknown, isRequired = false): SchemaNode =>
      this.#node(name, value, `${path}/${name}`, isRequired, [...above, schema]);
    const properties = isSchema(schema['properties']) ? Object.entries(schema['properties']) : [];
    const patterns = isSchema(schema['patternProperties']) ? Object.entries(schema['patternProperties']) : [];
    const items = this.#resolved(schema['items']);
    return [
      ...properties.map(([name, value]) => node(name, value, required.includes(name))),
      ...patterns.map(([pattern, value]) => node(`any name like ${pattern}`, value)),
      ...(isSchema(schema['additionalProperties']) ? [node('any other name', schema['additionalProperties'])] : []),
      ...listOf(schema['prefixItems']).map((value, index) => node(`item ${index + 1}`, value)),
      ...(isSchema(items) && saysMore(items) ? [node('each item', items)] : []),
      ...(['oneOf', 'anyOf', 'allOf'] as const).flatMap((word) =>
        listOf(schema[word]).map((value, index) => node(`${choices[word]} ${index + 1}`, value)),
      ),
    ];
  }

  #node(name: string, value: unknown, id: string, isRequired: boolean, above: readonly unknown[]): SchemaNode {
    const schema = this.#resolved(value);
    const read = isSchema(schema) ? schema : {};
    return {
      id,
      name,
      type: value === false ? 'nothing' : this.#typeOf(read),
      isRequired,
      description: textOf(read['description']) || textOf(read['title']),
      rules: [...rulesOf(read), ...(above.includes(schema) ? ['as the one it is in'] : [])],
      children: this.children(schema, id, above),
    };
  }

  /** Of lists of lists the outermost two are told. */
  #typeOf(schema: Schema, isInList = false): string {
    const types = Array.isArray(schema['type']) ? listOf(schema['type']) : [schema['type']];
    const names = types
      .filter((type) => typeof type === 'string')
      .map((type) => (type === 'array' ? this.#listOf(schema, isInList) : (typeNames[type] ?? type)));
    if (names.length > 0) return names.join(' or ');
    if ('const' in schema || 'enum' in schema) return 'fixed value';
    if ('properties' in schema) return 'object';
    return 'oneOf' in schema || 'anyOf' in schema ? 'one of several' : 'anything';
  }

  #listOf(schema: Schema, isInList: boolean): string {
    const items = this.#resolved(schema['items']);
    if (isInList || !isSchema(items) || Object.keys(items).length === 0) return 'list';
    return `list of ${plural(this.#typeOf(items, true))}`;
  }

  #resolved(value: unknown): unknown {
    let found = value;
    for (let step = 0; step < DEEPEST; step++) {
      const reference = isSchema(found) ? found['$ref'] : undefined;
      if (typeof reference !== 'string' || !reference.startsWith('#')) return found;
      found = reference
        .slice(1)
        .split('/')
        .filter((part) => part !== '')
        .reduce<unknown>((at, part) => (isSchema(at) ? at[unescaped(part)] : undefined), this.root);
    }
    return found;
  }
}

/** Whether a branch tells more of the items of a list than the name of their type does. */
const saysMore = (items: Schema): boolean => BRANCHING.some((word) => word in items) || rulesOf(items).length > 0;

const BRANCHING = [
  'properties',
  'patternProperties',
  'additionalProperties',
  'prefixItems',
  'items',
  'oneOf',
  'anyOf',
  'allOf',
];

const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

const choices = { oneOf: 'either', anyOf: 'any of', allOf: 'all of' } as const;
const typeNames: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'number',
  integer: 'whole number',
  boolean: 'yes or no',
  null: 'null',
};
const plurals: Readonly<Record<string, string>> = { text: 'texts', anything: 'anything', 'yes or no': 'yes or no' };
const plural = (type: string): string => plurals[type] ?? `${type}s`;

const rules: Readonly<Record<string, (value: string) => string>> = {
  const: (value) => `always ${value}`,
  enum: (value) => value,
  format: (value) => `as ${value}`,
  pattern: (value) => `like ${value}`,
  minLength: (value) => `at least ${value} ${value === '1' ? 'character' : 'characters'}`,
  maxLength: (value) => `at most ${value} ${value === '1' ? 'character' : 'characters'}`,
  minimum: (value) => `at least ${value}`,
  maximum: (value) => `at most ${value}`,
  exclusiveMinimum: (value) => `more than ${value}`,
  exclusiveMaximum: (value) => `less than ${value}`,
  minItems: (value) => `at least ${value} ${value === '1' ? 'item' : 'items'}`,
  maxItems: (value) => `at most ${value} ${value === '1' ? 'item' : 'items'}`,
  minProperties: (value) => `at least ${value} ${value === '1' ? 'property' : 'properties'}`,
  default: (value) => `${value} if absent`,
};

function rulesOf(schema: Schema): readonly string[] {
  return Object.entries(rules).flatMap(([name, told]) => {
    if (!(name in schema)) return [];
    const value = schema[name];
    if (name === 'enum') return [`one of ${listOf(value).map(literal).join(', ')}`];
    return [told(name === 'format' || name === 'pattern' ? textOf(value) : literal(value))];
  });
}

const literal = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** The ids of those that can be opened. */
export function branches(nodes: readonly SchemaNode[]): readonly string[] {
  return nodes.flatMap(({ id, children }) => (children.length === 0 ? [] : [id, ...branches(children)]));
}
