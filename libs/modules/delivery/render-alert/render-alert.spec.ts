import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { inDialect, renderAlert } from './render-alert.ts';

const alert = {
  id: '12345',
  timestamp: 1627670400000,
  workspaceId: 'workspace123',
  type: 'workspace-created',
  data: { companyName: 'company1' },
};

describe('an alert', () => {
  it('is the envelope in its published order, its timestamp a string', () => {
    expect(inDialect('workspace', renderAlert(alert))).toBe(
      '{"id":"12345","timestamp":"1627670400000","workspaceId":"workspace123","type":"workspace-created","data":{"companyName":"company1"}}',
    );
  });

  it('is an array that holds its data alone in the location dialect', () => {
    expect(inDialect('location', renderAlert(alert))).toBe('[{"companyName":"company1"}]');
  });
});

describe('the array of the location dialect', () => {
  /** Made of what might be taken for the member that is looked for, or for the end of a string. */
  const hostile = fc
    .array(
      fc.oneof(
        fc.constantFrom(
          '"',
          '\\',
          ',',
          ':',
          '}',
          ']',
          'data',
          ',"data":',
          '\\",\\"data\\":',
          '\u2028',
          '\u0000',
          '\ud800',
        ),
        fc.string({ unit: 'binary' }),
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(''));
  const value = fc.letrec((tie) => ({
    any: fc.oneof(hostile, fc.double(), fc.boolean(), fc.constant(null), tie('array'), tie('object')),
    array: fc.array(tie('any'), { maxLength: 3 }),
    object: fc.dictionary(fc.oneof(hostile, fc.constant('data')), tie('any'), { maxKeys: 4 }),
  }));
  const alerts = fc.record({
    id: hostile,
    timestamp: fc.integer(),
    workspaceId: hostile,
    type: hostile,
    data: value.object,
  });

  it('has the bytes of the data by itself, whatever that is and whatever stands before it', () => {
    fc.assert(
      fc.property(alerts, (any) => expect(inDialect('location', renderAlert(any))).toBe(JSON.stringify([any.data]))),
      { numRuns: 2_000 },
    );
  });
});
