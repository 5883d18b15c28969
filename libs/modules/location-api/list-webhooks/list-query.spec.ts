import { describe, expect, it } from '@jest/globals';
import { LocationInvalid, type Fault } from '../envelope/location-invalid.ts';
import { conditionsOf, readQuery, sortOf } from './list-query.ts';
import { spanOf } from './instant-filter.ts';

function faultsOf(parameters: Readonly<Record<string, unknown>>): readonly Fault[] {
  try {
    readQuery(parameters);
  } catch (error) {
    if (error instanceof LocationInvalid) return error.faults;
    throw error;
  }
  return [];
}
const faultOf = (name: string, value: unknown) => {
  const faults = faultsOf({ [name]: value });
  return faults.length === 1 && faults[0]?.propertyName === name ? faults[0] : faults;
};

describe('a query of a list', () => {
  it('that asks for nothing gets the first 25 by Id', () => {
    expect(readQuery({})).toEqual({ page: 1, size: 25, orderBy: 'Id', dir: 1 });
    expect(sortOf(readQuery({}))).toEqual({ field: 'number', direction: 'asc' });
    expect(sortOf(readQuery({ dir: '-1', orderBy: 'URL' }))).toEqual({ field: 'url', direction: 'desc' });
  });

  it('is only ever asked of what lists have', () =>
    expect(conditionsOf(readQuery({}))).toContainEqual({ field: 'listed', eq: true }));

  it.each<[string, readonly string[]]>([
    ['page', ['0', '-1', '1.5', '', ' 1', '1e3', '0x1', 'one', '2147483648', 'NaN']],
    ['size', ['0', '1001', '', '25 ', 'many', '99999999999999999999']],
    ['orderBy', ['', 'id', 'Records', 'UniqueId', 'constructor', 'name']],
    ['dir', ['0', '2', 'asc', '', '-1.0']],
    ['WebHook_Business', ['', 'x', '1.0', '2147483648']],
    ['WebHook_Action', ['0', '91', '-6', 'BookingCreate', '', '6.5']],
    ['WebHook_Active', ['', 'True', '1', 'yes', 'constructor']],
    ['WebHook_ErrorCount', ['', 'none', '1.5', '--1']],
    ['from_WebHook_ErrorCount', ['x']],
    ['to_WebHook_ErrorCount', ['x']],
  ])('takes only what %s can be', (name, values) => {
    for (const value of values)
      expect(faultOf(name, value)).toEqual({
        propertyName: name,
        message: expect.stringMatching(/^(must be|is not an action)/),
        attemptedValue: value,
      });
  });

  it.each(['WebHook_LastTrigger', 'from_WebHook_LastTrigger', 'to_WebHook_CreatedOn', 'from_WebHook_UpdatedOn'])(
    'takes only instants that exist for %s',
    (name) => {
      for (const value of ['', '2025-02-30T00:00', '2025-01-15', '1736937000000'])
        expect(faultOf(name, value)).toEqual({
          propertyName: name,
          message: 'must be an instant that exists, as `YYYY-MM-DDTHH:mm` in UTC; seconds may follow, and `Z`',
          attemptedValue: value,
        });
    },
  );

  it.each(['page', 'orderBy', 'WebHook_Name', 'WebHook_Active', 'WebHook_LastTrigger', 'from_WebHook_ErrorCount'])(
    'has %s once at most',
    (name) =>
      expect(faultOf(name, ['1', 'Id'])).toEqual({
        propertyName: name,
        message: 'is given more than once',
        attemptedValue: '1,Id',
      }),
  );

  it.each([
    'webhook_Name',
    'WebHook_UniqueId',
    'from_WebHook_Name',
    'to_WebHook_Business',
    'constructor',
    '__proto__',
    '',
  ])('has no parameter %j', (name) =>
    expect(faultsOf(Object.fromEntries([[name, 'x']]))).toEqual([
      { propertyName: name, message: 'is not a known parameter', attemptedValue: 'x' },
    ]),
  );

  it('is refused with all of its faults at once', () => {
    const wrong = { page: '0', dir: 'up', WebHook_Action: '91', to_WebHook_CreatedOn: 'now', colour: 'red' };
    const faults = faultsOf({ ...wrong, WebHook_Name: 'right', size: '5' });
    expect(faults.map(({ propertyName }) => propertyName).sort()).toEqual(Object.keys(wrong).sort());
  });
});

describe('an instant in a filter', () => {
  const minute = Date.UTC(2025, 0, 15, 10, 30);

  it.each([
    ['2025-01-15T10:30', minute, 60_000],
    ['2025-01-15T10:30Z', minute, 60_000],
    ['2025-01-15T10:30:00', minute, 1_000],
    ['2025-01-15T10:30:59Z', minute + 59_000, 1_000],
    ['2024-02-29T23:59', Date.UTC(2024, 1, 29, 23, 59), 60_000],
  ])('is all that is written so: %s', (text, from, length) =>
    expect(spanOf(text)).toEqual({ from, until: from + length }),
  );

  it.each([
    ...['2025-02-29T00:00', '2025-02-30T10:00Z', '2025-04-31T00:00:00', '2025-13-01T00:00', '2025-00-10T00:00'],
    ...['2025-01-15T24:00', '2025-01-15T10:60', '2025-01-15T10:30:60', '2025-01-15T10:30:00.000Z'],
    ...['2025-01-15', '2025-01-15 10:30', '2025-1-15T10:30', '2025-01-15T10:30+01:00', '2025-01-15T10:30z'],
    ...['', 'Z', 'now', ' 2025-01-15T10:30', '2025-01-15T10:30\n', '+002025-01-15T10:30'],
  ])('does not exist, or is written otherwise: %j', (text) => expect(spanOf(text)).toBeUndefined());
});
