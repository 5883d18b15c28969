import type { Instant } from '../../../platform/kernel/index.ts';
import type { Calendar } from './webhook-version.events.ts';

const DAY_MS = 86_400_000;
const MONTHS_TO_LIVE = 6;
const YEARS_AHEAD = 5;

/** When a version that is superseded now expires: six calendar months later. */
export const expirationFrom = (supersededAt: Instant): Instant => monthsAfter(supersededAt, MONTHS_TO_LIVE);

/** How far the expiration may be postponed now. */
export const lastExpirationFrom = (now: Instant): Instant => monthsAfter(now, 12 * YEARS_AHEAD);

/** `announceAt` may be later than `remindAt` and `popupAt`: of a date that was postponed by little. */
export const calendarOf = (expiresAt: Instant, announceAt: Instant): Calendar => ({
  announceAt,
  remindAt: monthsAfter(expiresAt, -1),
  popupAt: expiresAt - 7 * DAY_MS,
  expiresAt,
  disableAt: expiresAt + DAY_MS,
});

/** The same day and time of day in UTC; the last day of a month that has no such day. */
function monthsAfter(instant: Instant, months: number): Instant {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, lastDay));
}
