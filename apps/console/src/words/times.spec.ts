import { describe, expect, it } from '@jest/globals';
import { countdown, daysUntil, duration, exactTime, relativeTime, took } from './times.ts';

const NOW = Date.UTC(2026, 10, 22, 12);
const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

describe('a relative time', () => {
  it.each([
    [0, 'just now'],
    [40 * SECOND, '40 s ago'],
    [59.9 * SECOND, '59 s ago'],
    [5 * MINUTE, '5 min ago'],
    [3 * HOUR, '3 h ago'],
    [DAY, '1 day ago'],
    [2.9 * DAY, '2 days ago'],
  ])('%i ms ago is "%s"', (ago, text) => expect(relativeTime(NOW - ago, NOW)).toBe(text));

  it('is told of what comes', () => {
    expect(relativeTime(NOW + 4 * MINUTE, NOW)).toBe('in 4 min');
    expect(relativeTime(NOW + 3 * SECOND, NOW)).toBe('in a moment');
  });

  it('is never ahead for what has just happened', () => {
    expect(relativeTime(NOW + SECOND, NOW)).toBe('just now');
  });

  it('is a date after two weeks, with the year when it is another', () => {
    expect(relativeTime(Date.UTC(2026, 9, 3, 12), NOW)).toBe('3 Oct');
    expect(relativeTime(Date.UTC(2025, 9, 3, 12), NOW)).toBe('3 Oct 2025');
  });
});

describe('an exact time', () => {
  it('has UTC and the millisecond on its second line', () =>
    expect(exactTime(NOW + 31).split('\n')[1]).toBe('2026-11-22 12:00:00.031 UTC'));
});

describe('how long something takes', () => {
  it.each([
    [96, '96 ms'],
    [15_000, '15.0 s'],
    [125_000, '2 min 5 s'],
  ])('%i ms took "%s"', (ms, text) => expect(took(ms)).toBe(text));

  it.each([
    [0, '0 s'],
    [221 * SECOND, '3 min 41 s'],
    [4 * HOUR, '4 h'],
    [DAY + 2 * HOUR, '1 day 2 h'],
    [5 * DAY + 30 * MINUTE, '5 days'],
  ])('%i ms is "%s"', (ms, text) => expect(duration(ms)).toBe(text));

  it.each([
    [221_000, '3:41'],
    [500, '0:01'],
    [3_729_000, '1:02:09'],
    [0, 'now'],
    [-5, 'now'],
  ])('counts %i ms down as "%s"', (ms, text) => expect(countdown(ms)).toBe(text));

  it('counts the days until then, with the one that has begun', () => {
    expect(daysUntil(NOW + 4.1 * DAY, NOW)).toBe('5 days');
    expect(daysUntil(NOW + DAY, NOW)).toBe('1 day');
    expect(daysUntil(NOW + HOUR, NOW)).toBe('less than a day');
  });
});
