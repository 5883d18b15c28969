import { describe, expect, it } from '@jest/globals';
import { statusOf } from './delivery-status.ts';

const on = { enabled: true, removed: false, epoch: 2, pendingFrom: 2, cancelledUpTo: -1 };
const off = { ...on, enabled: false, epoch: 3 };
const unfinished = (epoch: number, gone = false) => ({ kind: 'event', outcome: 'unfinished', epoch, gone }) as const;

describe('an unfinished delivery', () => {
  it('is pending while its webhook is on, in the epoch its round belongs to', () => {
    expect(statusOf(unfinished(2), on)).toBe('pending');
  });

  it('is held while its webhook is off, whenever it was owed', () => {
    expect([0, 2, 3].map((epoch) => statusOf(unfinished(epoch), off))).toEqual(['held', 'held', 'held']);
  });

  it('stays held when its webhook is on again, unless that let go of all it held', () => {
    expect(statusOf(unfinished(0), on)).toBe('held');
    expect(statusOf(unfinished(0), { ...on, pendingFrom: 0 })).toBe('pending');
    expect(statusOf(unfinished(0, true), { ...on, pendingFrom: 0 })).toBe('pending');
  });

  it('is held again if the webhook goes off before it was attempted', () => {
    expect(statusOf(unfinished(0), { ...off, pendingFrom: 0 })).toBe('held');
  });

  it('that was cancelled is not let go of', () => {
    expect(statusOf(unfinished(0), { ...on, pendingFrom: 0, cancelledUpTo: 1 })).toBe('cancelled');
  });

  it('is held from the moment its receiver is gone, before the webhook is disabled for it', () => {
    expect(statusOf(unfinished(2, true), on)).toBe('held');
  });

  it('is cancelled with its webhook, or with what that held', () => {
    expect(statusOf(unfinished(2), { ...on, removed: true })).toBe('cancelled');
    expect(statusOf(unfinished(1), { ...on, cancelledUpTo: 1 })).toBe('cancelled');
    expect(statusOf(unfinished(2), { ...on, cancelledUpTo: 1 })).toBe('pending');
  });

  it('of an epoch this process has not heard of yet is pending', () => {
    expect(statusOf(unfinished(4), off)).toBe('pending');
  });
});

describe('a test', () => {
  it('goes out whether its webhook is on or off', () => {
    expect(statusOf({ kind: 'test', outcome: 'unfinished', epoch: 0, gone: false }, off)).toBe('pending');
  });
});

describe('a finished delivery', () => {
  it('stays what it is, whatever becomes of its webhook', () => {
    const removed = { ...off, removed: true, cancelledUpTo: 9 };
    expect(statusOf({ ...unfinished(0), outcome: 'succeeded' }, removed)).toBe('succeeded');
    expect(statusOf({ ...unfinished(0), outcome: 'exhausted' }, removed)).toBe('exhausted');
    expect(statusOf({ ...unfinished(0), outcome: 'unrendered' }, removed)).toBe('unrendered');
    expect(statusOf({ ...unfinished(0), outcome: 'skipped' }, removed)).toBe('skipped');
  });
});
