import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OpenLoop, stampOf } from './open-loop.ts';

const SECOND = 1_000_000;

describe('an open loop', () => {
  it('has its arrivals at a constant rate', () => {
    const loop = new OpenLoop(0, 200, 5);
    expect(loop.take(0).map(({ index }) => index)).toEqual([0]);
    expect(loop.nextAt).toBe(5_000);
    expect(loop.take(4_999)).toEqual([]);
    expect(loop.take(10_000).map(({ index }) => index)).toEqual([1, 2]);
  });

  it('makes up for what it was late with, each measured from when it was meant to be', () => {
    const loop = new OpenLoop(0, 10, 10);
    const stamps = loop.take(SECOND).map(({ stamp }) => stamp);
    expect(stamps).toEqual(Array.from({ length: 10 }, (_, n) => (n * SECOND) / 10));
    expect(loop.done).toBe(true);
  });

  it('gives every arrival once, in order, whenever it is asked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5_000 }),
        fc.nat(500),
        fc.array(fc.nat(SECOND)),
        (rate, count, instants) => {
          const loop = new OpenLoop(0, rate, count);
          const asked = [...instants.sort((a, b) => a - b), Number.MAX_SAFE_INTEGER];
          const taken = asked.flatMap((now) => loop.take(now).map(({ index }) => index));
          expect(taken).toEqual(Array.from({ length: count }, (_, n) => n));
        },
      ),
    );
  });
});

describe('the instant a latency is measured from', () => {
  it('leaves out what a timer is late by', () => {
    expect(stampOf(1_000, 2_500)).toBe(2_500);
  });

  it('is when it was meant to be once something held the publisher up', () => {
    expect(stampOf(1_000, 50_000)).toBe(1_000);
  });
});
