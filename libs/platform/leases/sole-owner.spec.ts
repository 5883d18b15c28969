import { describe, expect, it } from '@jest/globals';
import { SoleOwner } from './sole-owner.ts';

const HOUR_MS = 3_600_000;

function started(giveBack = async () => {}) {
  const calls: unknown[] = [];
  const owner = new SoleOwner();
  owner.start(['x', 'y'], {
    gained: (names) => calls.push(['gained', names, owner.holds('x')]),
    giveBack: (names) => {
      calls.push(['give back', names]);
      return giveBack();
    },
    lost: (names) => calls.push(['lost', names]),
  });
  return { owner, calls };
}

describe('a sole owner', () => {
  it('holds all names from its start on, however long that takes', () => {
    const { owner, calls } = started();
    expect(calls).toEqual([['gained', ['x', 'y'], true]]);
    expect([owner.holds('x'), owner.holds('y'), owner.isSafeFor('x', HOUR_MS)]).toEqual([true, true, true]);
    expect([owner.holds('z'), owner.isSafeFor('z', 0)]).toEqual([false, false]);
    expect(owner.shared).toBe(false);
  });

  it('holds nothing before its start', async () => {
    const owner = new SoleOwner();
    await owner.stop();
    expect([owner.holds('x'), owner.isSafeFor('x', 0)]).toEqual([false, false]);
  });

  it('begins nothing new while it gives back, and holds nothing afterwards', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { owner, calls } = started(() => promise);
    const stopped = Promise.all([owner.stop(), owner.stop()]);
    expect([owner.holds('x'), owner.isSafeFor('x', HOUR_MS)]).toEqual([false, true]);
    resolve();
    await stopped;
    expect([owner.holds('x'), owner.isSafeFor('x', 0)]).toEqual([false, false]);
    expect(calls.slice(1)).toEqual([['give back', ['x', 'y']]]);
  });

  it('can be started again after a stop, and not before', async () => {
    const { owner } = started();
    const handlers = { gained: () => {}, giveBack: async () => {}, lost: () => {} };
    expect(() => owner.start(['z'], handlers)).toThrow('Started already.');
    await owner.stop();
    owner.start(['z'], handlers);
    expect([owner.holds('x'), owner.holds('z')]).toEqual([false, true]);
  });
});
