import { describe, expect, it } from '@jest/globals';
import { isOfInterest, isOutdated, steadyLanes, type Lane } from './steady-lanes.ts';

const lane = (webhookId: string, owed: number, more: Partial<Lane> = {}): Lane => ({
  ...{ webhookId, owed, workspaceId: 'acme', url: 'https://a.example', enabled: true },
  ...{ oldestDueAt: null, inTrouble: false, pausedUntil: null },
  ...more,
});
const a = lane('a', 9);
const b = lane('b', 5);

describe('lanes that are read again', () => {
  it('keep their places, with new figures', () =>
    expect(steadyLanes([a, b], [lane('b', 20), lane('a', 10)]).map(({ webhookId, owed }) => [webhookId, owed])).toEqual(
      [
        ['a', 10],
        ['b', 20],
      ],
    ));

  it('stay while they are looked at, and say that they are gone', () =>
    expect(steadyLanes([a, b], [a]).map(({ isGone }) => isGone)).toEqual([false, true]));

  it('are outdated once their order, or who is among them, is another', () => {
    expect(isOutdated([a, b], [lane('a', 99), b])).toBe(false);
    expect(isOutdated([a, b], [b, a])).toBe(true);
    expect(isOutdated([a], [a, b])).toBe(true);
    expect(isOutdated([a, b], [a, lane('b', 0)])).toBe(true);
  });
});

it.each([
  [lane('a', 0), false],
  [lane('a', 1), true],
  [lane('a', 0, { inTrouble: true }), true],
  [lane('a', 0, { inTrouble: null }), false],
  [lane('a', 0, { pausedUntil: '2026-11-02T09:00:00Z' }), true],
])('a lane is of interest while it owes something, or is left alone (%#)', (of, is) =>
  expect(isOfInterest(of)).toBe(is),
);
