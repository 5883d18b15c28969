import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Installation } from '../../../test/support/installation.ts';

const TRIGGER = 'workspace-status-updated';

const change = {
  schema: { type: 'object', required: ['status'], properties: { status: { type: 'object' } } },
  example: { status: { is: 'suspended', was: 'active' } },
  downgrade: '{ "status": status.is, "previousStatus": status.was }',
};
const triggersWith = (changes: object) => ({ triggers: { [TRIGGER]: { ...change, ...changes } } });

describe('a release', () => {
  let installation: Installation;
  /** As text: axios takes out what it does not trust as a key. */
  const release = (changes: object) =>
    installation.api.post(
      '/versions',
      JSON.stringify({ name: '2026-11-01', triggers: { [TRIGGER]: change }, ...changes }),
      { headers: { 'Content-Type': 'application/json' } },
    );
  const listed = async () => (await installation.api.get('/versions')).data.items;

  beforeAll(async () => {
    installation = await Installation.open();
  });
  afterAll(() => installation.dispose());

  it.each([
    ['a name that is none', { name: 'my version' }, 'name', /letters/],
    ['a name that begins with a dot', { name: '..' }, 'name', /begin/],
    ['no trigger', { triggers: {} }, 'triggers', /at least one/],
    ['a trigger nobody knows', { triggers: { unheard: change } }, 'triggers.unheard', /not a trigger/],
    ['a name that every object has', { triggers: { constructor: change } }, 'triggers.constructor', /not a trigger/],
    [
      'a trigger without a downgrade',
      triggersWith({ downgrade: undefined }),
      `triggers.${TRIGGER}.downgrade`,
      /required/,
    ],
    ['what is no field', triggersWith({ upgrade: '$' }), `triggers.${TRIGGER}.upgrade`, /not a known field/],
    ['a schema that is none', triggersWith({ schema: { type: 'money' } }), `triggers.${TRIGGER}.schema`, /./],
    [
      'an example that does not fit',
      triggersWith({ example: { status: 'on' } }),
      `triggers.${TRIGGER}.example.status`,
      /object/,
    ],
    [
      'a downgrade that is no expression',
      triggersWith({ downgrade: '{ "status": ' }),
      `triggers.${TRIGGER}.downgrade`,
      /./,
    ],
    [
      'a downgrade that is another each time',
      triggersWith({ downgrade: '{ "status": $string($now()) }' }),
      `triggers.${TRIGGER}.downgrade`,
      /\$now/,
    ],
    [
      'a downgrade that fails',
      triggersWith({ downgrade: '{ "status": $number(status.is) }' }),
      `triggers.${TRIGGER}.downgrade`,
      /./,
    ],
    ['a downgrade to no object', triggersWith({ downgrade: 'status.is' }), `triggers.${TRIGGER}.downgrade`, /object/],
    [
      'a downgrade that loops',
      triggersWith({ downgrade: '($loop := function() { $loop() }; $loop())' }),
      `triggers.${TRIGGER}.downgrade`,
      /ms|time|long/,
    ],
    [
      'a downgrade that grows',
      triggersWith({ downgrade: '{ "status": $join([1..300000].("x")) }' }),
      `triggers.${TRIGGER}.downgrade`,
      /./,
    ],
    [
      'a downgrade the version before does not take',
      triggersWith({ downgrade: '{ "status": 5 }' }),
      `triggers.${TRIGGER}.downgrade`,
      /version 2026-01-01 .*data\.status must be string/,
    ],
  ])('with %s is refused', async (_what, changes, field, message) => {
    const { status, data } = await release(changes);
    expect([status, data.errors]).toEqual([400, [{ field, message: expect.stringMatching(message) }]]);
    expect(data.downgraded).toEqual(/version 2026/.test(message.source) ? { [TRIGGER]: { status: 5 } } : undefined);
    expect(await listed()).toHaveLength(1);
  });

  it('is told everything that is wrong at once', async () => {
    const { data } = await release({
      triggers: {
        unheard: change,
        [TRIGGER]: { ...change, example: {}, downgrade: '(' },
        'subscription-updated': { ...change, downgrade: '{}' },
      },
    });
    expect(data.errors.map(({ field }: { field: string }) => field)).toEqual([
      'triggers.unheard',
      `triggers.${TRIGGER}.example.status`,
      `triggers.${TRIGGER}.downgrade`,
      'triggers.subscription-updated.downgrade',
    ]);
    expect(data.downgraded).toEqual({ 'subscription-updated': {} });
  });
});
