import { z } from 'zod';
import { median } from './statistics.ts';

/** One round: the same work done by Carillon and by the baseline, one after the other. */
export type Sample = { readonly ours: number; readonly baseline: number };

const figure = z.number().nullable();
const result = z.object({
  scenario: z.string(),
  unit: z.string(),
  /** Medians of the rounds; null where there is nothing to tell. */
  ours: figure,
  baseline: figure,
  /** Median of the ratios of the rounds, ours to baseline. */
  ratio: figure,
  /** How many rounds were run. */
  rounds: z.int(),
  samples: z.array(z.object({ ours: z.number(), baseline: z.number() })).default([]),
  /** Why it has no figures. */
  error: z.string().optional(),
});
/** What `bench/results/<time>.json` is an array of. */
export type Result = z.infer<typeof result>;

export const parseResults = (json: string): Result[] => z.array(result).parse(JSON.parse(json));

export function resultOf(scenario: string, unit: string, samples: readonly Sample[]): Result {
  const ratios = ratiosOf(samples);
  return {
    scenario,
    unit,
    ours: median(samples.map(({ ours }) => ours)),
    baseline: median(samples.map(({ baseline }) => baseline)),
    ratio: ratios.length === 0 ? null : median(ratios),
    rounds: samples.length,
    samples: [...samples],
  };
}

export const failureOf = (scenario: string, error: string): Result => ({
  scenario,
  unit: '',
  ours: null,
  baseline: null,
  ratio: null,
  rounds: 0,
  samples: [],
  error,
});

/** Of the rounds whose baseline is not zero. */
export const ratiosOf = (samples: readonly Sample[]): number[] =>
  samples.filter(({ baseline }) => baseline !== 0).map(({ ours, baseline }) => ours / baseline);

/** Of a rate more is better, of anything else less. */
export const moreIsBetter = (unit: string): boolean => unit.endsWith('/s');
