import fc from 'fast-check';

type JsonSchema = Readonly<Record<string, unknown>>;
type JsonObject = Record<string, unknown>;

const text = fc.string({ unit: 'binary', maxLength: 12 });
const moment = fc
  .date({ min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map((date) => date.toISOString());

/** What satisfies an object's schema: properties that are not required may be absent, and there may be some that nobody knows. */
export function payloads({ required, properties, ...rest }: JsonSchema): fc.Arbitrary<JsonObject> {
  known(rest, 'type');
  const members = Object.entries(properties as Record<string, JsonSchema>).map(([name, schema]) => [
    name,
    values(schema),
  ]);
  const expected = fc.record(Object.fromEntries(members) as Record<string, fc.Arbitrary<unknown>>, {
    requiredKeys: [...((required as readonly string[] | undefined) ?? [])],
    noNullPrototype: true,
  });
  const unknown = fc.dictionary(
    text.map((key) => `x-${key}`),
    fc.jsonValue({ maxDepth: 2 }),
    { maxKeys: 2, noNullPrototype: true },
  );
  return fc.tuple(expected, unknown).map(([some, others]) => ({ ...others, ...some }));
}

function values(schema: JsonSchema): fc.Arbitrary<unknown> {
  const { type, ...rest } = schema;
  switch (type) {
    case 'object':
      return payloads(schema);
    case 'array':
      known(rest, 'items', 'minItems');
      return fc.array(values(rest['items'] as JsonSchema), { minLength: Number(rest['minItems'] ?? 0), maxLength: 4 });
    case 'boolean':
      known(rest);
      return fc.boolean();
    case 'integer':
      known(rest, 'minimum');
      return fc.integer({ min: Number(rest['minimum'] ?? 0), max: Number.MAX_SAFE_INTEGER });
    case 'string':
      return texts(rest);
    default:
      throw new Error(`Nothing is known of the type ${String(type)}.`);
  }
}

function texts({ enum: choices, format, pattern, ...rest }: JsonSchema): fc.Arbitrary<string> {
  known(rest);
  if (choices) return fc.constantFrom(...(choices as readonly string[]));
  if (format === 'date-time') return moment;
  if (format !== undefined) known({ format });
  return pattern ? fc.stringMatching(new RegExp(pattern as string)) : text;
}

/** A keyword that is passed over would make payloads that are none. */
function known(schema: JsonSchema, ...keywords: readonly string[]): void {
  const other = Object.keys(schema).find((keyword) => !keywords.includes(keyword));
  if (other) throw new Error(`Nothing is known of the keyword ${other}.`);
}
