import { count, number, share } from '../../words/numbers.ts';
import { clockTime, date, took } from '../../words/times.ts';
import type { Hour, Statistics } from './chart-data.ts';

const day = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' });

/** "14:00", and the day where it begins. */
export function axisTime(at: number): string {
  const text = clockTime(at);
  return text === '00:00' ? day.format(at) : text;
}

/** "22 Nov 2026, 14:00 – 15:00" */
export function hourName(hour: string): string {
  const at = Date.parse(hour);
  return `${date(at)}, ${clockTime(at)} – ${clockTime(at + 3_600_000)}`;
}

const times = ({ p50Ms, p95Ms }: Pick<Hour, 'p50Ms' | 'p95Ms'>): string[] =>
  p50Ms === null || p95Ms === null ? [] : [`p50 ${took(p50Ms)}`, `p95 ${took(p95Ms)}`];

export const hourInWords = (hour: Hour): string =>
  [
    `${hourName(hour.hour)}:`,
    [`${number(hour.succeeded)} delivered`, `${number(hour.failed)} failed`, ...times(hour)].join(' · '),
  ].join(' ');

/** "2,402 delivered · 88 failed attempts (3.5%) · 22 given up · p50 99 ms · p95 412 ms" */
export function totalsInWords({ totals }: Statistics): string {
  const { succeeded, failed, exhausted } = totals;
  if (succeeded + failed === 0) return 'No deliveries in this period';
  return [
    `${number(succeeded)} delivered`,
    `${count(failed, ['failed attempt', 'failed attempts'])}${failed === 0 ? '' : ` (${share(failed, succeeded + failed)})`}`,
    ...(exhausted === 0 ? [] : [`${number(exhausted)} given up`]),
    ...times(totals),
  ].join(' · ');
}
