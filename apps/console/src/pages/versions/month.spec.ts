import { describe, expect, it } from '@jest/globals';
import { dayByKey, dayIn, dayInMonths, daysAfter, monthIn, weeksOf } from './month.ts';

describe('a month', () => {
  it('is six weeks that begin on Monday, with nothing where another month is', () => {
    const weeks = weeksOf('2026-11');
    expect(weeks.map((week) => week.length)).toEqual([7, 7, 7, 7, 7, 7]);
    expect(weeks[0]).toEqual([null, null, null, null, null, null, '2026-11-01']);
    expect(weeks[5]?.[0]).toBe('2026-11-30');
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(30);
  });
});

describe('a day', () => {
  it('has one after it, also where the clocks change', () => {
    let day = '2026-01-01';
    for (let n = 0; n < 365; n++) day = daysAfter(day, 1);
    expect(day).toBe('2027-01-01');
  });

  it('of another month is its last where it has no such day', () =>
    expect([dayInMonths('2027-01-31', 1), dayInMonths('2027-01-31', -1)]).toEqual(['2027-02-28', '2026-12-31']));

  it.each([
    ['ArrowLeft', '2026-10-31'],
    ['ArrowDown', '2026-11-08'],
    ['Home', '2026-10-26'],
    ['End', '2026-11-01'],
    ['PageDown', '2026-12-01'],
    ['Enter', undefined],
  ])('1 November and %s is %p', (key, day) => expect(dayByKey(key, '2026-11-01')).toBe(day));
});

describe('what stands in a URL', () => {
  it.each(['2026-11-31', '2026-13-01', '2026-1-1', 'today', '', undefined])('%p is no day', (text) =>
    expect(dayIn(text)).toBeUndefined(),
  );
  it('may be a day or a month', () => {
    expect(dayIn('2026-11-29')).toBe('2026-11-29');
    expect(monthIn('2026-11')).toBe('2026-11');
    expect(monthIn('2026-11-29')).toBeUndefined();
  });
});
