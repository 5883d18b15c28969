import { afterAll, describe, expect, it } from '@jest/globals';
import { Downgrader } from '../downgrade/downgrader.ts';
import type { TriggerRelease } from '../webhook-version/webhook-version.events.ts';
import { ReleaseCheck } from './release-check.ts';

type Data = Readonly<Record<string, unknown>>;

const downgrader = new Downgrader();
afterAll(() => downgrader.close());

const object = (required: readonly string[], properties: Data) => ({ type: 'object', required, properties });
const text = { type: 'string' };
const before: { readonly schema: Data; readonly example: Data } = {
  schema: object(['status'], { status: text, previousStatus: text }),
  example: { status: 'suspended', previousStatus: 'active' },
};
/** Takes no event in the shape before. */
const release: TriggerRelease = {
  schema: object(['status'], { status: object(['is'], { is: text }) }),
  example: { status: { is: 'suspended' } },
  downgrade: '{ "status": status.is }',
};
const check = (changes: Partial<TriggerRelease>, shape = before) =>
  new ReleaseCheck(downgrader, { shapeOf: () => shape }).against('one', {
    name: 'two',
    notes: '',
    triggers: { changed: { ...release, ...changes } },
  });
const errorsOf = async (changes: Partial<TriggerRelease>, shape = before) => (await check(changes, shape)).errors;
const [SCHEMA, EXAMPLE, DOWNGRADE] = ['schema', 'example', 'downgrade'].map((part) => `triggers.changed.${part}`);

describe('a release', () => {
  it('of which all can be checked has no errors', async () => {
    expect(await check({})).toEqual({ errors: [], downgraded: {} });
  });

  it('is told every fault of its example, each where it is', async () => {
    const example = { status: { is: 7 }, more: [] };
    expect(await errorsOf({ example, schema: { ...release.schema, required: ['status', 'at'] } })).toEqual([
      { field: `${EXAMPLE}.at`, message: 'is required' },
      { field: `${EXAMPLE}.status.is`, message: 'must be string' },
    ]);
  });

  it('whose schema refers to itself without end is refused', async () => {
    expect(await errorsOf({ schema: { $ref: '#' } })).toEqual([
      { field: EXAMPLE, message: 'cannot be checked: the schema refers to itself without end' },
    ]);
  });

  it('may not have an example that is larger than an event', async () => {
    const example = { status: { is: 'x'.repeat(300_000) } };
    expect(await errorsOf({ example })).toEqual([{ field: EXAMPLE, message: 'is larger than an event may be' }]);
  });
});

/** Here it would keep this process from doing anything else for longer than anybody waits. */
describe('a pattern that takes for ever', () => {
  const endless = { type: 'string', pattern: '^(a+)+$' };
  const trap = `${'a'.repeat(60)}!`;

  it('on the example refuses the release', async () => {
    const schema = object([], { status: object([], { is: endless }) });
    expect(await errorsOf({ schema, example: { status: { is: trap } } })).toEqual([
      { field: SCHEMA, message: 'takes too long on its example' },
    ]);
  });

  it('on the example of the version before refuses the release', async () => {
    const schema = object([], { status: endless });
    const shape = { ...before, example: { status: trap } };
    expect(await errorsOf({ schema, example: { status: 'a' }, downgrade: '$' }, shape)).toEqual([
      { field: SCHEMA, message: 'takes too long on the example of version one' },
    ]);
  });

  it('in the version before, on what the downgrade makes, refuses the release', async () => {
    const shape = { ...before, schema: object([], { status: endless }) };
    expect(await errorsOf({ example: { status: { is: trap } } }, shape)).toEqual([
      { field: DOWNGRADE, message: expect.stringMatching(/did not end|too long|too slow/) },
    ]);
  });
});

describe('a release that accepts what is in the shape before too', () => {
  const both = { schema: object([], { status: text, was: text }), example: { status: 'suspended', was: 'active' } };
  const mistaken = /^takes an event in the shape of version one, whose example fits this schema too, for a new one: /;

  it.each([
    ['changes nothing', '$'],
    ['puts back what only new events have renamed', '$ ~> |$|{ "previousStatus": was }, ["was"]|'],
    ['adds what may not have been there', '$merge([{ "source": "platform" }, $])'],
  ])('is sound if its downgrade %s', async (_what, downgrade) => {
    expect(await check({ ...both, downgrade })).toEqual({ errors: [], downgraded: {} });
  });

  it.each([
    [
      'loses',
      '{ "status": status, "previousStatus": was }',
      /loses or changes data\.previousStatus$/,
      { status: 'suspended' },
    ],
    [
      'changes',
      '$merge([$, { "status": $uppercase(status) }])',
      /loses or changes data\.status$/,
      { status: 'SUSPENDED', previousStatus: 'active' },
    ],
    [
      'spoils',
      '$merge([$, { "previousStatus": $exists(was) ? was : 0 }])',
      /version one does not take: data\.previousStatus must be string$/,
      { status: 'suspended', previousStatus: 0 },
    ],
  ])('is refused if its downgrade %s something of such an event', async (_what, downgrade, fault, result) => {
    const { errors, downgraded } = await check({ ...both, downgrade });
    expect(errors).toEqual([{ field: DOWNGRADE, message: expect.stringMatching(mistaken) }]);
    expect(errors[0]?.message).toMatch(fault);
    expect(downgraded).toEqual({ changed: result });
  });

  it('is refused if its downgrade fails with such an event', async () => {
    const downgrade = '$exists(was) ? $ : $error("was is missing")';
    const { errors, downgraded } = await check({ ...both, downgrade });
    expect(errors).toEqual([{ field: DOWNGRADE, message: expect.stringMatching(mistaken) }]);
    expect(errors[0]?.message).toMatch(/was is missing/);
    expect(downgraded).toEqual({});
  });

  it('is sound if no event can be what the version before has for an example', async () => {
    const shape = { ...before, example: { ...before.example, previousStatus: 'x'.repeat(300_000) } };
    expect(await errorsOf({ ...both, downgrade: '{ "status": status }' }, shape)).toEqual([]);
  });
});
