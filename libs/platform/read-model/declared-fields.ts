import type { IndexedField, Projection } from '../kernel/index.ts';
import type { Value } from './port.ts';

export type FieldType = IndexedField['type'];
export type DeclaredIndex = { readonly fields: readonly string[]; readonly sparse: boolean };
type Declaration = Pick<Projection, 'name' | 'version' | 'fields' | 'indexes' | 'byPosition'>;

const NAME = /^[a-z][a-z0-9-]*$/;
const FIELD = /^[a-zA-Z][a-zA-Z0-9]*$/;
const BUILT_IN: ReadonlyMap<string, FieldType> = new Map([
  ['id', 'text'],
  ['position', 'number'],
]);
const TYPE_OF = { text: 'string', number: 'number', boolean: 'boolean' } as const;

/** What a projection lets queries name. Adapters build statements from these names only, so nothing else gets into one. */
export class DeclaredFields {
  readonly name: string;
  readonly version: number;
  /** Without `id` and `position`. */
  readonly types: ReadonlyMap<string, FieldType>;
  /** Fields with an index of their own. */
  readonly indexed: readonly string[];
  readonly indexes: readonly DeclaredIndex[];
  /** Whether all documents are indexed by position. */
  readonly byPosition: boolean;

  /**
   * @throws {TypeError} for a name that cannot be a collection or a field, for an index on an undeclared field, and for a sparse
   * one that would hold every document.
   */
  constructor(projection: Declaration) {
    this.name = collectionName(projection.name);
    this.version = projection.version;
    this.types = new Map(projection.fields.map(({ field, type }) => [field, type]));
    for (const field of this.types.keys()) {
      if (!FIELD.test(field)) throw new TypeError(`${this.name}: '${field}' cannot be a field name`);
      if (BUILT_IN.has(field)) throw new TypeError(`${this.name}: '${field}' is always there and is not declared`);
    }
    this.indexed = projection.fields.filter(({ indexed }) => indexed !== false).map(({ field }) => field);
    this.indexes = (projection.indexes ?? []).map((index) =>
      'sparse' in index ? index : { fields: index, sparse: false },
    );
    this.byPosition = projection.byPosition ?? true;
    this.indexes.forEach((index) => this.checkIndex(index));
  }

  /** @throws {TypeError} for a field that is not declared. */
  typeOf(field: string): FieldType {
    const type = this.types.get(field) ?? BUILT_IN.get(field);
    if (type === undefined) throw new TypeError(`${this.name}: the field '${field}' is not declared`);
    return type;
  }

  isNullable(field: string): boolean {
    return !BUILT_IN.has(field);
  }

  holds(field: string, value: unknown): value is Value {
    return value === null ? this.isNullable(field) : typeof value === TYPE_OF[this.typeOf(field)];
  }

  /**
   * The value queries see; an absent field is null, and so is a number that JSON does not have.
   * @throws {TypeError} when the document holds another type than declared.
   */
  valueOf(document: object, field: string): Value {
    const value = (document as Record<string, unknown>)[field] ?? null;
    if (typeof value === 'number' && !Number.isFinite(value) && this.typeOf(field) === 'number') return null;
    if (this.holds(field, value)) return value;
    throw new TypeError(`${this.name}: the field '${field}' holds ${typeof value}, not ${this.typeOf(field)}`);
  }

  private checkIndex({ fields, sparse }: DeclaredIndex): void {
    fields.forEach((field) => this.typeOf(field));
    const last = fields.at(-1);
    if (last === undefined) throw new TypeError(`${this.name}: an index names no field`);
    if (sparse && !this.isNullable(last)) throw new TypeError(`${this.name}: no document is without '${last}'`);
  }
}

export function collectionName(name: string): string {
  if (!NAME.test(name)) throw new TypeError(`'${name}' cannot be the name of a projection`);
  return name;
}
