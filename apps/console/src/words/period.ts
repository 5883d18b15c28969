import { clockTime, date, DAY } from './times.ts';

const HOUR = 3_600_000;
/** What the statistics can be asked for at once. */
export const LONGEST_DAYS = 31;

export const presets = { '24h': 1, '7d': 7, '30d': 30 } as const;
export type Preset = keyof typeof presets;
export const presetNames: Readonly<Record<Preset, string>> = {
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};

/** Of the chart. In the URL `7d`, or both ends of a range of one's own: `2026-11-01T00:00:00.000Z~2026-11-03T00:00:00.000Z`. */
export type Period = { readonly preset: Preset } | { readonly from: string; readonly to: string };

const isPreset = (text: string): text is Preset => Object.hasOwn(presets, text);

export function periodOf(text: string | undefined): Period {
  if (text === undefined) return { preset: '24h' };
  if (isPreset(text)) return { preset: text };
  const [from, to] = text.split('~').map((end) => new Date(end));
  const isRange = from !== undefined && to !== undefined && rangeError(from, to) === undefined;
  return isRange ? { from: from.toISOString(), to: to.toISOString() } : { preset: '24h' };
}

/** Undefined for the default, which needs no place in the URL. */
export const textOfPeriod = (period: Period): string | undefined =>
  'preset' in period ? (period.preset === '24h' ? undefined : period.preset) : `${period.from}~${period.to}`;

/** What is wrong with a range that may be open, in a sentence. */
export function orderError(from: Date | undefined, to: Date | undefined): string | undefined {
  if (Number.isNaN(from?.getTime()) || Number.isNaN(to?.getTime())) return 'Enter a date and a time.';
  return from && to && from >= to ? 'The end is not after the beginning.' : undefined;
}

/** What is wrong with a range of the chart, in a sentence. */
export function rangeError(from: Date | undefined, to: Date | undefined): string | undefined {
  if (!from || !to) return 'Enter a date and a time at both ends.';
  const isLong = to.getTime() - from.getTime() > LONGEST_DAYS * DAY;
  return orderError(from, to) ?? (isLong ? `A range has at most ${LONGEST_DAYS} days.` : undefined);
}

/**
 * What the statistics are asked for. A preset ends with the hour that goes on, so that it is the same question, and the same cached
 * answer, for an hour.
 */
export function boundsOf(period: Period, now: number): { readonly from: string; readonly to: string } {
  if (!('preset' in period)) return period;
  const to = Math.ceil((now + 1) / HOUR) * HOUR;
  const bounds = { from: to - presets[period.preset] * DAY, to };
  return { from: new Date(bounds.from).toISOString(), to: new Date(bounds.to).toISOString() };
}

export const hourAfter = (hour: string): string => new Date(Date.parse(hour) + HOUR).toISOString();

/** "22 Nov 2026, 14:00 – 15:00", "since 22 Nov 2026, 14:00", "before …". */
export function rangeInWords(from: string | undefined, to: string | undefined): string {
  const text = (at: string): string => `${date(at)}, ${clockTime(Date.parse(at))}`;
  if (from === undefined) return to === undefined ? 'Any time' : `before ${text(to)}`;
  if (to === undefined) return `since ${text(from)}`;
  return date(from) === date(to) ? `${text(from)} – ${clockTime(Date.parse(to))}` : `${text(from)} – ${text(to)}`;
}

/** For an input of date and time, which knows local time alone. */
export function localInput(at: number): string {
  const local = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}
