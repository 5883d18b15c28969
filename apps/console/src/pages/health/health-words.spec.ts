import { describe, expect, it } from '@jest/globals';
import { followerState, inOrder, laneState, readiness, type Follower } from './health-words.ts';

const follower = (name: string, more: Partial<Follower> = {}): Follower => ({
  ...{ name, kind: 'projection', lag: 0, failing: false },
  ...more,
});
const lane = { webhookId: 'a', workspaceId: 'acme', url: '', enabled: true, owed: 1, oldestDueAt: null };

describe('an installation', () => {
  it.each([
    [['the event store cannot be read'], [], 'Not ready'],
    [[], [follower('a', { lag: 3 })], 'Ready, catching up'],
    [[], [follower('a', { lag: null })], 'Ready, catching up'],
    [[], [follower('a')], 'Ready'],
  ])('with %j and %j is: %s', (reasons, followers, word) => expect(readiness({ reasons, followers }).word).toBe(word));
});

describe('a follower', () => {
  it('that fails says so before it says how far it is', () =>
    expect(followerState(follower('a', { failing: true, lag: 2 })).word).toBe('Failing, tried again: 2 events behind'));
  it.each([
    [null, 'Not known'],
    [0, 'Up to date'],
    [1, '1 event behind'],
  ])('with a lag of %p is: %s', (lag, words) => expect(followerState(follower('a', { lag })).word).toBe(words));
  it('has its place', () =>
    expect(inOrder([follower('z'), follower('b', { kind: 'saga' }), follower('a')]).map(({ name }) => name)).toEqual([
      ...['a', 'z', 'b'],
    ]));
});

describe('a lane', () => {
  const pausedUntil = '2026-11-02T09:00:00Z';
  it.each([
    [{ enabled: false, inTrouble: true, pausedUntil }, /^Held/],
    [{ inTrouble: true, pausedUntil }, /^Paused/],
    [{ inTrouble: true, pausedUntil: null }, /^In trouble/],
    [{ inTrouble: null, pausedUntil: null }, /another process/],
    [{ inTrouble: false, pausedUntil: null }, /^Waiting/],
  ])('%j', (of, word) => expect(laneState({ ...lane, ...of }).word).toMatch(word));
});
