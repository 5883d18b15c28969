import { describe, expect, it } from '@jest/globals';
import { daysOf, each, hoursAsked, last24Hours, type Hours } from './statistics-hours.ts';

const NOW = Date.parse('2026-11-02T09:17:00Z');
const iso = ({ from, to }: Hours) => [from, to].map((at) => new Date(at).toISOString().replace(':00.000Z', ''));
const asked = (from?: string, to?: string) => iso(hoursAsked({ from, to }, NOW));

describe('the last 24 hours', () => {
  it('are the one that is going on and the 23 before it', () => {
    expect(iso(last24Hours(NOW))).toEqual(['2026-11-01T10:00', '2026-11-02T10:00']);
    expect([...each(last24Hours(NOW))]).toHaveLength(24);
  });

  it('begin anew with each hour', () => {
    const hour = Date.parse('2026-11-02T09:00:00Z');
    expect(iso(last24Hours(hour))).toEqual(['2026-11-01T10:00', '2026-11-02T10:00']);
    expect(iso(last24Hours(hour - 1))).toEqual(['2026-11-01T09:00', '2026-11-02T09:00']);
  });

  it('are on two days, or on one', () => {
    const days = (now: string) => [...daysOf(last24Hours(Date.parse(now)))].map((day) => new Date(day).getUTCDate());
    expect(days('2026-11-02T09:17:00Z')).toEqual([1, 2]);
    expect(days('2026-11-02T23:00:00Z')).toEqual([2]);
    expect(days('2026-11-02T00:00:00Z')).toEqual([1, 2]);
  });
});

describe('the hours asked for', () => {
  it.each<[string, [string?, string?], [string, string]]>([
    ['without bounds are the last 24', [], ['2026-11-01T10:00', '2026-11-02T10:00']],
    ['from an instant go on until now', ['2026-11-02T07:30:00Z'], ['2026-11-02T07:00', '2026-11-02T10:00']],
    ['up to an instant are those of a day', [, '2026-10-02T07:30:00Z'], ['2026-10-01T07:00', '2026-10-02T08:00']],
    [
      'have all that have a part of it',
      ['2026-11-02T07:59:59Z', '2026-11-02T08:00:01Z'],
      ['2026-11-02T07:00', '2026-11-02T09:00'],
    ],
    [
      'have no more than that',
      ['2026-11-02T09:00:00+02:00', '2026-11-02T10:00:00+02:00'],
      ['2026-11-02T07:00', '2026-11-02T08:00'],
    ],
    [
      'may be those of 31 days',
      ['2026-10-01T00:30:00Z', '2026-11-01T00:30:00Z'],
      ['2026-10-01T00:00', '2026-11-01T01:00'],
    ],
  ])('%s', (_, [from, to], expected) => expect(asked(from, to)).toEqual(expected));

  it.each<[string, [string?, string?], string]>([
    ['nothing', ['2026-11-02T08:00:00Z', '2026-11-02T08:00:00Z'], 'to'],
    ['less than nothing', ['2026-11-02T08:00:00Z', '2026-11-02T07:00:00Z'], 'to'],
    ['the future, with no end', ['2026-11-03T08:00:00Z'], 'from'],
    ['over 31 days', ['2026-10-01T00:30:00Z', '2026-11-01T00:30:01Z'], 'from'],
  ])('may not be %s', (_, [from, to], field) => {
    expect(() => asked(from, to)).toThrow(new RegExp(`^${field}: `));
  });
});
