import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { calendarOf, expirationFrom, lastExpirationFrom } from './calendar.ts';

const at = (text: string) => Date.parse(text);
const iso = (instant: number) => new Date(instant).toISOString();

/** By counting months on the text of a date, without the arithmetic of Date. */
function monthsOn(text: string, months: number): string {
  const [year = 0, month = 0, day = 0] = text.slice(0, 10).split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const isLeap = (toYear % 4 === 0 && toYear % 100 !== 0) || toYear % 400 === 0;
  const lastDay = toMonth === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(toMonth) ? 30 : 31;
  const two = (number: number) => String(number).padStart(2, '0');
  return `${toYear}-${two(toMonth)}-${two(Math.min(day, lastDay))}${text.slice(10)}`;
}

const instant = fc.oneof(
  fc.integer({ min: at('1970-01-01T00:00:00Z'), max: at('2999-12-31T23:59:59.999Z') }),
  // Where months differ: their last days, in leap years, in years that look like some, and in others.
  fc
    .record({
      year: fc.constantFrom(2000, 2023, 2024, 2026, 2027, 2028, 2096, 2100, 2400),
      month: fc.integer({ min: 0, max: 11 }),
      fromEnd: fc.integer({ min: -3, max: 1 }),
      ofDay: fc.constantFrom(0, 1, 43_200_000, 86_399_999),
    })
    .map(({ year, month, fromEnd, ofDay }) => Date.UTC(year, month + 1, fromEnd) + ofDay),
);

describe('the expiration date', () => {
  it.each([
    ['2026-11-02T09:00:00.000Z', '2027-05-02T09:00:00.000Z'],
    ['2026-08-31T23:59:59.999Z', '2027-02-28T23:59:59.999Z'],
    ['2027-08-31T00:00:00.000Z', '2028-02-29T00:00:00.000Z'],
    ['2028-02-29T12:00:00.000Z', '2028-08-29T12:00:00.000Z'],
    ['2026-03-31T06:30:00.000Z', '2026-09-30T06:30:00.000Z'],
    ['2099-08-30T00:00:00.000Z', '2100-02-28T00:00:00.000Z'],
  ])('of a version superseded at %s is %s', (superseded, expires) =>
    expect(iso(expirationFrom(at(superseded)))).toBe(expires),
  );

  it('is six calendar months later in UTC, on the last day of a month that is too short', () =>
    fc.assert(
      fc.property(instant, (superseded) => expect(iso(expirationFrom(superseded))).toBe(monthsOn(iso(superseded), 6))),
    ));
});

describe('the last date that an expiration can be postponed to', () => {
  it('is five calendar years later in UTC, on the last day of a month that is too short', () =>
    fc.assert(fc.property(instant, (now) => expect(iso(lastExpirationFrom(now))).toBe(monthsOn(iso(now), 60)))));
});

describe('the calendar of an expiration date', () => {
  it('has each milestone on its day', () =>
    expect(calendarOf(at('2027-03-31T09:00:00Z'), at('2026-09-30T09:00:00Z'))).toEqual({
      announceAt: at('2026-09-30T09:00:00Z'),
      remindAt: at('2027-02-28T09:00:00Z'),
      popupAt: at('2027-03-24T09:00:00Z'),
      expiresAt: at('2027-03-31T09:00:00Z'),
      disableAt: at('2027-04-01T09:00:00Z'),
    }));

  it('reminds a calendar month before it', () =>
    fc.assert(
      fc.property(instant, (expiresAt) =>
        expect(iso(calendarOf(expiresAt, 0).remindAt)).toBe(monthsOn(iso(expiresAt), -1)),
      ),
    ));

  it('is in order, whichever day a version is superseded on', () =>
    fc.assert(
      fc.property(instant, (superseded) => {
        const { announceAt, remindAt, popupAt, expiresAt, disableAt } = calendarOf(
          expirationFrom(superseded),
          superseded,
        );
        const inOrder = [announceAt, remindAt, popupAt, expiresAt, disableAt];
        expect(announceAt).toBe(superseded);
        expect([...new Set(inOrder)].sort((a, b) => a - b)).toEqual(inOrder);
      }),
    ));

  it('is in order after the announcement, whichever date was asked for', () =>
    fc.assert(
      fc.property(instant, (date) => {
        const { remindAt, popupAt, expiresAt, disableAt } = calendarOf(date, date - 1);
        expect([expiresAt, disableAt - expiresAt]).toEqual([date, 86_400_000]);
        expect(remindAt).toBeLessThan(popupAt);
        expect(popupAt).toBeLessThan(expiresAt);
      }),
    ));

  it.each(['Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin'])('is the same on a machine in %s', (TZ) => {
    const instants = ['2026-08-31T23:30:00.000Z', '2026-09-01T00:30:00.000Z', '2026-09-29T00:30:00.000Z'].map(at);
    const program = `
      const { calendarOf, expirationFrom } = await import('${import.meta.resolve('./calendar.ts')}');
      console.log(JSON.stringify(${JSON.stringify(instants)}.map((at) => calendarOf(expirationFrom(at), at))));`;
    const there = execFileSync(process.execPath, ['--input-type=module', '-e', program], { env: { TZ } });
    expect(JSON.parse(String(there))).toEqual(instants.map((instant) => calendarOf(expirationFrom(instant), instant)));
  });
});
