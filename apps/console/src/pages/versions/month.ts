/** A day of the local calendar, `2026-11-29`; a month, `2026-11`. */
export type Day = string;
export type Month = string;

/** As many rows for every month: what is below never moves. */
const WEEKS = 6;

const two = (value: number): string => String(value).padStart(2, '0');
const dayOfDate = (date: Date): Day => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

export const dayOf = (at: number): Day => dayOfDate(new Date(at));
export const monthOf = (day: Day): Month => day.slice(0, 7);

/** Noon, so that no change of the clocks takes it to another day. */
export const noonOf = (day: Day): number => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date, 12).getTime();
};

export function daysAfter(day: Day, days: number): Day {
  const date = new Date(noonOf(day));
  date.setDate(date.getDate() + days);
  return dayOfDate(date);
}

/** The same day of another month, or its last. */
export function dayInMonths(day: Day, months: number): Day {
  const date = new Date(noonOf(day));
  const first = new Date(date.getFullYear(), date.getMonth() + months, 1, 12);
  const last = new Date(first.getFullYear(), first.getMonth() + 1, 0, 12).getDate();
  first.setDate(Math.min(date.getDate(), last));
  return dayOfDate(first);
}

/** 0 for Monday. */
const weekday = (day: Day): number => (new Date(noonOf(day)).getDay() + 6) % 7;

/** Six weeks from Monday to Sunday; null outside the month. */
export function weeksOf(month: Month): readonly (readonly (Day | null)[])[] {
  const first = `${month}-01`;
  const start = daysAfter(first, -weekday(first));
  return Array.from({ length: WEEKS }, (_, week) =>
    Array.from({ length: 7 }, (_, index) => {
      const day = daysAfter(start, week * 7 + index);
      return monthOf(day) === month ? day : null;
    }),
  );
}

const DAY = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

/** What a URL has for a day or a month, or undefined. */
export const dayIn = (text: string | undefined): Day | undefined =>
  text !== undefined && DAY.test(text) && dayOf(noonOf(text)) === text ? text : undefined;
export const monthIn = (text: string | undefined): Month | undefined =>
  text !== undefined && dayIn(`${text}-01`) !== undefined ? text : undefined;

/** Where a key leads from this day; undefined for any other key. */
export function dayByKey(key: string, day: Day): Day | undefined {
  const steps: Readonly<Record<string, () => Day>> = {
    ArrowLeft: () => daysAfter(day, -1),
    ArrowRight: () => daysAfter(day, 1),
    ArrowUp: () => daysAfter(day, -7),
    ArrowDown: () => daysAfter(day, 7),
    Home: () => daysAfter(day, -weekday(day)),
    End: () => daysAfter(day, 6 - weekday(day)),
    PageUp: () => dayInMonths(day, -1),
    PageDown: () => dayInMonths(day, 1),
  };
  return steps[key]?.();
}

/** For an input of date and time, which knows local time alone: `2026-11-29T10:00`. */
export function localInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
