import { ratiosOf, type Result } from './results.ts';

const WIDTHS = [50, 14, 12, 12, 8, 16, 6] as const;
const line = (cells: readonly string[]): string =>
  cells
    .map((cell, i) => (i < 2 ? cell.padEnd(WIDTHS[i] ?? 0) : cell.padStart(WIDTHS[i] ?? 0)))
    .join(' ')
    .trimEnd();

export const tableHead = line(['scenario', 'unit', 'ours', 'baseline', 'ratio', 'min..max', 'rounds']);

export function tableLine({ scenario, unit, ours, baseline, ratio, rounds, samples, error }: Result): string {
  if (error !== undefined) return `${scenario.padEnd(WIDTHS[0])} FAILED: ${error}`;
  const ratios = ratiosOf(samples);
  const range = ratios.length === 0 ? '-' : `${short(Math.min(...ratios))}..${short(Math.max(...ratios))}`;
  return line([scenario, unit, short(ours), short(baseline), short(ratio), range, String(rounds)]);
}

/** Three significant digits where there are fewer before the point. */
export function short(value: number | null): string {
  if (value === null) return '-';
  const size = Math.abs(value);
  if (size >= 100) return Math.round(value).toLocaleString('en');
  if (size >= 10) return value.toFixed(1);
  return value.toFixed(size >= 0.01 || size === 0 ? 2 : 4);
}
