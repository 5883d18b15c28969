import { describe, expect, it } from '@jest/globals';
import { columnsOf, eventful, hourAt, type Hour } from './chart-data.ts';

const hour = (at: string, changes: Partial<Hour> = {}): Hour => ({
  ...{ hour: `2026-11-02T${at}:00:00.000Z`, succeeded: 0, failed: 0, exhausted: 0, p50Ms: null, p95Ms: null },
  ...changes,
});
const hours = [hour('08', { succeeded: 3, failed: 2, p50Ms: 9, p95Ms: 40 }), hour('09'), hour('10', { failed: 1 })];

describe('the chart', () => {
  it('stacks failed on delivered, and has no response time where nothing answered', () => {
    const [seconds, all, delivered, p50, p95] = columnsOf(hours);
    expect(seconds[1]).toBe(Date.parse('2026-11-02T09:30:00Z') / 1_000);
    expect([all, delivered]).toEqual([
      [5, 0, 1],
      [3, 0, 0],
    ]);
    expect([p50, p95]).toEqual([
      [9, null, null],
      [40, null, null],
    ]);
  });

  it('finds the hour that was pointed at', () => {
    const at = (time: string) => Date.parse(`2026-11-02T${time}Z`) / 1_000;
    expect(hourAt(hours, at('08:59:59'))).toBe(hours[0]);
    expect(hourAt(hours, at('09:00:00'))).toBe(hours[1]);
    expect([hourAt(hours, at('07:59:59')), hourAt(hours, at('11:00:00'))]).toEqual([undefined, undefined]);
  });

  it('has only the hours with something in its table, the newest first', () => {
    expect(eventful(hours)).toEqual([hours[2], hours[0]]);
  });
});
