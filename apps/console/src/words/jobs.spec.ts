import { describe, expect, it } from '@jest/globals';
import { jobCounts, jobProgress, jobState } from './jobs.ts';

const job = {
  what: 'not-delivered',
  status: 'running',
  reason: null,
  expected: 88,
  requested: 51,
  delivered: 49,
  failed: 2,
  waiting: 0,
} as const;

describe('a job in words', () => {
  it('never calls accepted what was delivered', () => {
    expect(jobCounts(job)).toBe('51 accepted · 49 delivered · 2 failed');
    expect(jobCounts({ ...job, delivered: 0, failed: 0, waiting: 51 })).toBe('51 accepted · 51 waiting');
    expect(jobCounts({ ...job, delivered: null, failed: null, waiting: null })).toBe('51 accepted');
  });

  it('is done when nothing of it waits', () => {
    expect(jobState(job)).toBe('Running');
    expect(jobState({ ...job, status: 'finished', waiting: 3 })).toBe('Waiting for 3');
    expect(jobState({ ...job, status: 'finished' })).toBe('Done');
    expect(jobState({ ...job, status: 'cancelled' })).toBe('Stopped');
    expect(jobState({ ...job, status: 'finished', reason: 'webhook-removed' })).toMatch(/removed/);
  });

  it('is as far as what has ended', () => {
    expect(jobProgress(job)).toEqual({ value: 51, max: 88 });
    expect(jobProgress({ ...job, expected: null })).toEqual({ value: 0, max: null });
    expect(jobProgress({ ...job, status: 'finished' })).toEqual({ value: 51, max: 51 });
  });
});
