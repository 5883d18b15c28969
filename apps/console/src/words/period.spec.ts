import { describe, expect, it } from '@jest/globals';
import {
  boundsOf,
  hourAfter,
  localInput,
  orderError,
  periodOf,
  rangeError,
  rangeInWords,
  textOfPeriod,
} from './period.ts';

const NOW = Date.parse('2026-11-02T09:12:30Z');
const RANGE = '2026-11-01T00:00:00.000Z~2026-11-03T00:00:00.000Z';

describe('the period of the chart', () => {
  it('is the last day unless the URL has another one that can be asked for', () => {
    expect(periodOf(undefined)).toEqual({ preset: '24h' });
    expect(periodOf('7d')).toEqual({ preset: '7d' });
    expect(periodOf(RANGE)).toEqual({ from: '2026-11-01T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' });
    for (const bad of ['toString', 'a~b', '~', RANGE.split('~').reverse().join('~'), '2026-01-01~2026-03-01'])
      expect(periodOf(bad)).toEqual({ preset: '24h' });
  });

  it('is written into the URL as it is read from it', () => {
    expect([undefined, '7d', RANGE].map((text) => textOfPeriod(periodOf(text)))).toEqual([undefined, '7d', RANGE]);
  });

  it('ends with the hour that goes on, and has as many hours as its name says', () => {
    const { from, to } = boundsOf({ preset: '24h' }, NOW);
    expect([from, to]).toEqual(['2026-11-01T10:00:00.000Z', '2026-11-02T10:00:00.000Z']);
    expect(boundsOf({ preset: '24h' }, Date.parse('2026-11-02T10:00:00Z')).to).toBe('2026-11-02T11:00:00.000Z');
    const month = boundsOf({ preset: '30d' }, NOW);
    expect(Date.parse(month.to) - Date.parse(month.from)).toBe(30 * 86_400_000);
  });
});

describe('a range of one’s own', () => {
  it('has both ends, in order, and at most 31 days', () => {
    const at = (text: string) => new Date(text);
    expect(rangeError(at('2026-11-01'), at('2026-12-02'))).toBeUndefined();
    expect(rangeError(at('2026-11-01'), at('2026-12-03'))).toMatch(/31 days/);
    expect(rangeError(at('2026-11-01'), at('2026-11-01'))).toMatch(/not after/);
    expect(rangeError(undefined, at('2026-11-01'))).toMatch(/both ends/);
    expect(rangeError(at(''), at('2026-11-01'))).toMatch(/a date/);
  });

  it('may be open where a list is narrowed, and of any length', () => {
    const at = (text: string) => new Date(text);
    expect(orderError(undefined, undefined)).toBeUndefined();
    expect(orderError(at('2026-01-01'), undefined)).toBeUndefined();
    expect(orderError(at('2025-01-01'), at('2026-11-01'))).toBeUndefined();
    expect(orderError(at('2026-11-01'), at('2026-11-01'))).toMatch(/not after/);
    expect(orderError(undefined, at(''))).toMatch(/a date/);
  });

  it('is told in words', () => {
    expect(rangeInWords(undefined, undefined)).toBe('Any time');
    expect(rangeInWords('2026-11-02T09:00', '2026-11-02T10:00')).toBe('2 Nov 2026, 09:00 – 10:00');
    expect(rangeInWords('2026-11-01T09:00', '2026-11-02T10:00')).toBe('1 Nov 2026, 09:00 – 2 Nov 2026, 10:00');
    expect(rangeInWords('2026-11-02T09:00', undefined)).toBe('since 2 Nov 2026, 09:00');
    expect(rangeInWords(undefined, '2026-11-02T09:00')).toBe('before 2 Nov 2026, 09:00');
  });

  it('comes back from an input as the same minute', () => {
    expect(new Date(localInput(NOW)).getTime()).toBe(Date.parse('2026-11-02T09:12:00Z'));
    expect(hourAfter('2026-11-02T23:00:00.000Z')).toBe('2026-11-03T00:00:00.000Z');
  });
});
