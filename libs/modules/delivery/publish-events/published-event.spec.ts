import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { itemsOf, MOST_EVENTS, parseItem, publishedEvent } from './published-event.ts';

const item = { id: 'evt-1', type: 'created', workspaceId: 'w', data: {} };
const { id: _, ...withoutId } = item;
const parse = (changes: object, from: object = item) => parseItem({ ...from, ...changes });
const fields = (parsed: ReturnType<typeof parseItem>) =>
  'errors' in parsed ? parsed.errors.map(({ field }) => field) : [];

describe('a published item', () => {
  it('is taken as it is', () => {
    expect(parseItem(item)).toEqual({ event: item });
    expect(parseItem({ ...item, data: { a: [1, null, { b: 'ü' }] } })).toEqual({
      event: { ...item, data: { a: [1, null, { b: 'ü' }] } },
    });
  });

  it('need not have an id, or say when it happened', () => {
    expect(parseItem(withoutId)).toEqual({ event: withoutId });
  });

  it.each(['a', 'A-Z_0:9', '12345', 'x'.repeat(128)])('may be named %s', (id) => {
    expect(parse({ id })).toEqual({ event: { ...item, id } });
  });

  it.each([[''], ['x'.repeat(129)], ['a b'], ['a.b'], ['ü'], ['a/b'], ['a\n'], [12345], [null], [{}]])(
    'cannot be named %j, and is answered without a name',
    (id) => {
      const parsed = parse({ id });
      expect(fields(parsed)).toEqual(['id']);
      expect(parsed).toMatchObject({ id: null });
    },
  );

  it.each([
    [1_627_670_400_000, 1_627_670_400_000],
    ['1627670400000', 1_627_670_400_000],
    ['2021-07-30T18:40:00Z', 1_627_670_400_000],
    ['2021-07-30T20:40:00.000+02:00', 1_627_670_400_000],
    [0, 0],
    ['0', 0],
    ['1970-01-01T00:00:00Z', 0],
    ['9999-12-31T23:59:59.999Z', 253_402_300_799_999],
  ])('may say that it happened at %j', (timestamp, milliseconds) => {
    expect(parse({ timestamp })).toMatchObject({ event: { timestamp: milliseconds } });
  });

  // An instant that no date can be made of would break whoever shows it.
  it.each([
    [-1],
    [1.5],
    [Number.MAX_SAFE_INTEGER],
    [253_402_300_800_000],
    ['999999999999999'],
    ['1234567890123456'],
    ['-1'],
    ['1969-12-31T23:59:59Z'],
    ['0001-01-01T00:00:00Z'],
    ['2021-02-30T00:00:00Z'],
    ['2021-07-30'],
    ['2021-07-30T18:40:00'],
    ['yesterday'],
    [''],
    [null],
    [true],
  ])('cannot say that it happened at %j', (timestamp) => {
    expect(fields(parse({ timestamp }))).toEqual(['timestamp']);
  });

  it.each<[string, object, string[]]>([
    ['an empty type', { type: '' }, ['type']],
    ['no workspace', { workspaceId: undefined }, ['workspaceId']],
    ['a list as data', { data: [] }, ['data']],
    ['no data', { data: null }, ['data']],
    ['an unknown field', { extra: 1 }, ['extra']],
    ['several faults', { type: 1, workspaceId: '', data: 'text', extra: 1 }, ['type', 'workspaceId', 'data', 'extra']],
  ])('with %s is refused with every fault, under its own id', (_, changes, wrong) => {
    const parsed = parse(changes);
    expect(fields(parsed)).toEqual(wrong);
    expect(parsed).toMatchObject({ id: 'evt-1' });
  });

  it('is what its schema says, whatever it looks like', () => {
    const text = fc.oneof(fc.constantFrom('', 'a', 'x'.repeat(100), 'x'.repeat(101), 'x'.repeat(129)), fc.string());
    const timestamp = fc.oneof(
      fc.constantFrom('', '0', '253402300799999', '253402300800000', '2021-07-30T18:40:00Z', undefined),
      fc.nat().map(String),
      fc.jsonValue(),
    );
    const like = fc.record(
      { id: text, type: text, workspaceId: text, timestamp, data: fc.oneof(fc.object(), fc.jsonValue()), extra: text },
      { requiredKeys: ['type', 'workspaceId', 'data'] },
    );
    const items = fc.oneof(
      { weight: 5, arbitrary: like.map(({ extra, ...rest }) => ({ ...rest, ...(extra === 'a' ? { extra } : {}) })) },
      fc.jsonValue(),
    );
    fc.assert(
      fc.property(items, (value) => {
        const item: unknown = JSON.parse(JSON.stringify(value) ?? 'null');
        const { success, data } = publishedEvent.safeParse(item);
        const parsed = parseItem(item);
        expect('event' in parsed ? parsed.event : undefined).toEqual(success ? data : undefined);
      }),
      { numRuns: 1_000, examples: [[{ id: 'a', type: 'a', workspaceId: 'a', data: { ['__proto__']: [] } }]] },
    );
  });

  it.each([[null], ['text'], [1], [[]], [true], [undefined]])('that is %j is no event', (value) => {
    expect(parseItem(value)).toMatchObject({ id: null, errors: [expect.anything()] });
  });
});

describe('a body', () => {
  it('is one event, or a list in its order', () => {
    expect(itemsOf(item)).toEqual([item]);
    expect(itemsOf([item, 1, item])).toEqual([item, 1, item]);
  });

  it('carries 1 to 1,000', () => {
    const many = (count: number) => Array.from({ length: count }, () => item);
    expect(itemsOf(many(MOST_EVENTS))).toHaveLength(1_000);
    expect(() => itemsOf([])).toThrow(expect.objectContaining({ kind: 'invalid' }));
    expect(() => itemsOf(many(MOST_EVENTS + 1))).toThrow(expect.objectContaining({ kind: 'too-large' }));
  });
});
