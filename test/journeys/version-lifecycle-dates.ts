/** What these journeys hold the product's calendar against: written down apart from it. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The same day of the month, or the last of a shorter one, at the same time of day. */
export function monthsFrom(instant: number, months: number): number {
  const date = new Date(instant);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const firstOfMonth = Date.UTC(year, month + months, 1);
  const firstOfNext = Date.UTC(year, month + months + 1, 1);
  const days = Math.round((firstOfNext - firstOfMonth) / DAY);
  return firstOfMonth + (Math.min(day, days) - 1) * DAY + (instant - Date.UTC(year, month, day));
}

export type Calendar = {
  readonly remindAt: number;
  readonly popupAt: number;
  readonly expiresAt: number;
  readonly disableAt: number;
};

export const calendarUntil = (expiresAt: number): Calendar => ({
  remindAt: monthsFrom(expiresAt, -1),
  popupAt: expiresAt - 7 * DAY,
  expiresAt,
  disableAt: expiresAt + DAY,
});

export const isoDate = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
