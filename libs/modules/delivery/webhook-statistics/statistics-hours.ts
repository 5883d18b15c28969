import { invalid } from '../../../platform/kernel/index.ts';

export const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** How far apart the bounds may be that are asked for. */
const MOST_DAYS = 31;

/** Whole hours of UTC, from the beginning of one up to that of another, which is left out. Milliseconds since the epoch. */
export type Hours = { readonly from: number; readonly to: number };

const hourBefore = (at: number): number => Math.floor(at / HOUR_MS) * HOUR_MS;
const hourAfter = (at: number): number => Math.ceil(at / HOUR_MS) * HOUR_MS;

/** The hour that is going on and the 23 before it. */
export function last24Hours(now: number): Hours {
  const to = hourBefore(now) + HOUR_MS;
  return { from: to - DAY_MS, to };
}

/**
 * The hours that have a part of what is asked for. What is not given is a day before the other, or now.
 * @throws {Refusal} `invalid` on `to` when it is not after `from`, and on `from` when the two are over 31 days apart.
 */
export function hoursAsked(
  asked: { readonly from?: string | undefined; readonly to?: string | undefined },
  now: number,
): Hours {
  if (asked.from === undefined && asked.to === undefined) return last24Hours(now);
  const to = asked.to === undefined ? now : Date.parse(asked.to);
  const from = asked.from === undefined ? to - DAY_MS : Date.parse(asked.from);
  if (from >= to) throw invalid(asked.to === undefined ? 'from' : 'to', 'leaves no time between `from` and `to`');
  if (to - from > MOST_DAYS * DAY_MS) throw invalid('from', `is over ${MOST_DAYS} days before \`to\``);
  return { from: hourBefore(from), to: hourAfter(to) };
}

/** Their beginnings. */
export function* each({ from, to }: Hours): Generator<number> {
  for (let hour = from; hour < to; hour += HOUR_MS) yield hour;
}

/** The beginnings of the days of UTC that have any of them. */
export function* daysOf({ from, to }: Hours): Generator<number> {
  for (let day = Math.floor(from / DAY_MS) * DAY_MS; day < to; day += DAY_MS) yield day;
}
