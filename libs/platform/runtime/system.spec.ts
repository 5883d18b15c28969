import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { randomIds, systemClock } from './system.ts';

const woken = (at: number) => new Promise<number>((resolve) => systemClock.at(at, () => resolve(Date.now())));

describe('the system clock', () => {
  afterEach(() => void jest.useRealTimers());

  it('wakes at the instant or after it, never before', async () => {
    for (const wait of [0, 3, 7, 11]) {
      const at = Date.now() + wait;
      expect(await woken(at)).toBeGreaterThanOrEqual(at);
    }
  });

  it('wakes for an instant that has passed, but not within the call', async () => {
    const order: string[] = [];
    const waking = woken(Date.now() - 1_000).then(() => order.push('woken'));
    order.push('called');
    await waking;
    expect(order).toEqual(['called', 'woken']);
  });

  it('sleeps for longer than a timer can', () => {
    jest.useFakeTimers();
    const [wait, calls] = [3 * 2 ** 31, { count: 0 }];
    systemClock.at(Date.now() + wait, () => calls.count++);
    jest.advanceTimersByTime(wait - 1);
    expect(calls.count).toBe(0);
    jest.advanceTimersByTime(1);
    expect(calls.count).toBe(1);
    jest.advanceTimersByTime(wait);
    expect(calls.count).toBe(1);
  });

  it('does not wake for a far instant at once, as a timer that overflows would', async () => {
    let early = false;
    const cancel = systemClock.at(Date.now() + 2 ** 31 + 60_000, () => (early = true));
    await woken(Date.now() + 10);
    cancel();
    expect(early).toBe(false);
  });

  it('sleeps on when the machine was set back meanwhile', () => {
    jest.useFakeTimers();
    const calls = { count: 0 };
    systemClock.at(Date.now() + 1_000, () => calls.count++);
    jest.setSystemTime(Date.now() - 5_000);
    jest.advanceTimersByTime(1_000);
    expect(calls.count).toBe(0);
    jest.advanceTimersByTime(5_000);
    expect(calls.count).toBe(1);
  });

  it('does not wake what was cancelled, in whichever piece of its sleep', () => {
    jest.useFakeTimers();
    const calls = { count: 0 };
    const cancel = systemClock.at(Date.now() + 2 ** 32, () => calls.count++);
    jest.advanceTimersByTime(2 ** 31 + 1);
    cancel();
    jest.advanceTimersByTime(2 ** 32);
    expect(calls.count).toBe(0);
    expect(jest.getTimerCount()).toBe(0);
  });
});

describe('a fresh id', () => {
  it('is a UUID of version 7 with the millisecond it was made in', () => {
    const before = Date.now();
    const id = randomIds.uuid();
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const made = parseInt(id.replaceAll('-', '').slice(0, 12), 16);
    expect(made).toBeGreaterThanOrEqual(before);
    expect(made).toBeLessThanOrEqual(Date.now());
  });

  it('sorts after those of earlier milliseconds', async () => {
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) {
      ids.push(randomIds.uuid());
      await woken(Date.now() + 1);
    }
    expect([...ids].sort()).toEqual(ids);
  });

  it('is not made twice', () => {
    const many = Array.from({ length: 10_000 }, () => randomIds.uuid());
    expect(new Set(many).size).toBe(10_000);
  });

  it('of 24 characters is an ObjectId, and a token is as long as asked for', () => {
    expect(randomIds.objectId()).toMatch(/^[0-9a-f]{24}$/);
    for (const length of [1, 20, 32, 64]) {
      expect(randomIds.token(length)).toMatch(new RegExp(`^[A-Za-z0-9_-]{${length}}$`));
    }
  });
});
