import { describe, expect, it } from '@jest/globals';
import { endAfterRelease, milestonesBefore, milestonesOf, monthsAfter, postponeError } from './milestones.ts';

const at = (text: string): number => Date.parse(text);
const NOW = at('2026-11-02T09:00:00Z');
const shown = (milestones: readonly { kind: string; at: number }[]) =>
  milestones.map(({ kind, at }) => `${kind} ${new Date(at).toISOString().slice(0, 10)}`);

describe('the way of a version', () => {
  it('of the current one is its release alone', () =>
    expect(shown(milestonesOf({ releasedAt: '2026-11-02T09:00:00Z', calendar: null }))).toEqual([
      'released 2026-11-02',
    ]));

  it('of a superseded one goes on to the day its webhooks are disabled', () =>
    expect(
      shown([
        ...milestonesOf({ releasedAt: '2026-01-01T09:00:00Z', calendar: null }),
        ...milestonesBefore(endAfterRelease(NOW), NOW),
      ]),
    ).toEqual([
      ...['released 2026-01-01', 'announcement 2026-11-02', 'reminder 2027-04-02'],
      ...['popup 2027-04-25', 'ends 2027-05-02', 'disabled 2027-05-03'],
    ]));

  it('that was postponed by little has what lies before its announcement come with it', () =>
    expect(shown(milestonesBefore(at('2026-11-20T09:00:00Z'), NOW)).slice(0, 3)).toEqual([
      ...['announcement 2026-11-02', 'reminder 2026-11-02', 'popup 2026-11-13'],
    ]));
});

describe('months', () => {
  it.each([
    ['2026-08-31T10:00:00Z', 6, '2027-02-28T10:00:00.000Z'],
    ['2027-03-31T10:00:00Z', -1, '2027-02-28T10:00:00.000Z'],
    ['2026-11-02T23:30:00Z', 6, '2027-05-02T23:30:00.000Z'],
  ])('of %s and %i are %s', (from, months, to) =>
    expect(new Date(monthsAfter(at(from), months)).toISOString()).toBe(to),
  );
});

describe('a new end', () => {
  const expiresAt = at('2027-05-02T09:00:00Z');
  it.each([
    ['', 'Enter a date and a time.'],
    ['2027-05-02T09:00:00Z', 'Choose a later date than the one it has.'],
    ['2031-11-02T09:00:01Z', 'Choose a date at most five years ahead.'],
  ])('is not %j', (text, error) => expect(postponeError(at(text), expiresAt, NOW)).toBe(error));

  it('is any later day within five years', () => {
    expect(postponeError(at('2027-05-02T09:00:01Z'), expiresAt, NOW)).toBeUndefined();
    expect(postponeError(at('2031-11-02T09:00:00Z'), expiresAt, NOW)).toBeUndefined();
  });

  it('is still to come, also where the old one is over', () =>
    expect(postponeError(NOW, NOW - 1000, NOW)).toBe('Choose a date that is still to come.'));
});
