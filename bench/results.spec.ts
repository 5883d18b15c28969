import { describe, expect, it } from '@jest/globals';
import { compare } from './compare.ts';
import { failureOf, parseResults, resultOf, type Result } from './results.ts';
import { tableLine } from './table.ts';

const samples = (...pairs: [number, number][]) => pairs.map(([ours, baseline]) => ({ ours, baseline }));
const steady = (ratio: number, unit = 'deliveries/s', scenario = 'egest 0 ms'): Result =>
  resultOf(scenario, unit, samples([ratio * 99, 100], [ratio * 100, 100], [ratio * 101, 100]));

describe('a result', () => {
  it('has the medians of the rounds, and the median of their ratios', () => {
    const result = resultOf('egest', 'deliveries/s', samples([10, 100], [50, 60], [30, 200]));
    expect(result).toMatchObject({ ours: 30, baseline: 100, ratio: 0.15, rounds: 3 });
  });

  it('has no ratio where the baseline is zero', () => {
    expect(resultOf('idle CPU', '%', samples([0.4, 0])).ratio).toBeNull();
  });

  it('reads back as it was written, that of a failure too', () => {
    const results = [steady(0.5), failureOf('lists', 'the server ended')];
    expect(parseResults(JSON.stringify(results))).toEqual(results);
  });

  it('of a file that holds something else is refused', () => {
    expect(() => parseResults('[{"scenario":"egest"}]')).toThrow();
  });

  it('is shown with the range of its ratios', () => {
    expect(tableLine(resultOf('egest', 'x/s', samples([10, 100], [50, 100])))).toMatch(
      /^egest +x\/s .*0\.10\.\.0\.50 +2$/,
    );
    expect(tableLine(failureOf('lists', 'the server ended'))).toMatch(/^lists +FAILED: the server ended$/);
  });
});

describe('comparing with an earlier run', () => {
  const verdict = (before: Result[], after: Result[]) => compare(before, after).map((change) => change.verdict);

  it('calls a rate that grew better, and a latency that grew worse', () => {
    expect(verdict([steady(0.5)], [steady(0.8)])).toEqual(['better']);
    expect(verdict([steady(0.5)], [steady(0.3)])).toEqual(['worse']);
    expect(verdict([steady(0.5, 'ms')], [steady(0.8, 'ms')])).toEqual(['worse']);
  });

  it('calls what the rounds cannot tell apart the same', () => {
    expect(verdict([steady(0.5)], [steady(0.505)])).toEqual(['same']);
  });

  it('looks at ratios: another machine changes nothing', () => {
    const twiceAsFast = resultOf('egest 0 ms', 'deliveries/s', samples([100, 200], [99, 200]));
    expect(verdict([steady(0.5)], [twiceAsFast])).toEqual(['same']);
  });

  it('looks at our own figures where the baseline is zero', () => {
    const idle = (ours: number) => [resultOf('idle CPU', '%', samples([ours, 0]))];
    expect(verdict(idle(0.2), idle(3))).toEqual(['worse']);
  });

  it('names what is new, gone, or failed', () => {
    const other = steady(1, 'ms', 'lists');
    expect(verdict([steady(1)], [other])).toEqual(['new', 'gone']);
    expect(verdict([other], [failureOf('lists', 'the server ended')])).toEqual(['failed']);
    expect(verdict([failureOf('lists', 'the server ended')], [other])).toEqual(['new']);
  });
});
