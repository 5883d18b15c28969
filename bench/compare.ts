import { moreIsBetter, ratiosOf, type Result } from './results.ts';
import { short } from './table.ts';

export type Change = {
  readonly scenario: string;
  readonly verdict: 'better' | 'worse' | 'same' | 'new' | 'gone' | 'failed';
  readonly text: string;
};

/**
 * What became of each scenario. Ratios are compared, since a baseline of the same run takes out how fast the machine was; while the
 * ranges of the rounds overlap, it is the same.
 */
export function compare(before: readonly Result[], after: readonly Result[]): Change[] {
  const earlier = new Map(before.map((result) => [result.scenario, result]));
  const later = new Set(after.map(({ scenario }) => scenario));
  return [
    ...after.map((result) => changeOf(earlier.get(result.scenario), result)),
    ...before
      .filter(({ scenario }) => !later.has(scenario))
      .map(({ scenario }): Change => ({ scenario, verdict: 'gone', text: 'not in this run' })),
  ];
}

function changeOf(before: Result | undefined, after: Result): Change {
  const { scenario, unit } = after;
  if (after.error !== undefined) return { scenario, verdict: 'failed', text: after.error };
  if (!before || before.error !== undefined) return { scenario, verdict: 'new', text: `ratio ${short(after.ratio)}` };
  const figures = `${short(before.ours)} -> ${short(after.ours)} ${unit}`;
  const text = `ratio ${short(before.ratio)} -> ${short(after.ratio)}, ${figures}`;
  const way = direction(spread(before), spread(after));
  if (way === 0) return { scenario, verdict: 'same', text };
  return { scenario, verdict: way > 0 === moreIsBetter(unit) ? 'better' : 'worse', text };
}

/** Where a baseline is zero there is no ratio, and our own figures have to do. */
const spread = ({ samples }: Result): readonly number[] => {
  const ratios = ratiosOf(samples);
  return ratios.length > 0 ? ratios : samples.map(({ ours }) => ours);
};

/** 1 when everything after is above everything before, -1 when below, 0 when they overlap. */
function direction(before: readonly number[], after: readonly number[]): -1 | 0 | 1 {
  if (before.length === 0 || after.length === 0) return 0;
  if (Math.min(...after) > Math.max(...before)) return 1;
  return Math.max(...after) < Math.min(...before) ? -1 : 0;
}

export const changeLine = ({ scenario, verdict, text }: Change): string =>
  `${verdict.padEnd(7)} ${scenario.padEnd(50)} ${text}`;
