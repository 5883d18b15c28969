import type { Answer } from '../../api/types.ts';

export type Statistics = Answer<'/webhook-statistics', 'get'>;
export type Hour = Statistics['hours'][number];

/**
 * uPlot's columns: the middle of each hour in seconds, all attempts, those delivered, p50, p95. Bars of all stand behind bars of those
 * delivered.
 */
export type Columns = [number[], number[], number[], (number | null)[], (number | null)[]];

export const columnsOf = (hours: readonly Hour[]): Columns => [
  hours.map(({ hour }) => Date.parse(hour) / 1_000 + 1_800),
  hours.map(({ succeeded, failed }) => succeeded + failed),
  hours.map(({ succeeded }) => succeeded),
  hours.map(({ p50Ms }) => p50Ms),
  hours.map(({ p95Ms }) => p95Ms),
];

export const isEmpty = ({ totals }: Statistics): boolean => totals.succeeded + totals.failed === 0;

/** The hour under a point of the time axis, or none. */
export function hourAt(hours: readonly Hour[], seconds: number): Hour | undefined {
  const at = seconds * 1_000;
  return hours.find(({ hour }) => Date.parse(hour) <= at && at < Date.parse(hour) + 3_600_000);
}

/** Those in which something happened, newest first: a table of 720 rows of nothing helps nobody. */
export const eventful = (hours: readonly Hour[]): readonly Hour[] =>
  hours.filter(({ succeeded, failed }) => succeeded + failed > 0).toReversed();
