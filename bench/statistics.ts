/** @throws RangeError when there is no value. */
export const median = (values: readonly number[]): number => percentile(values, 50);

/** Between two values it interpolates. @throws RangeError when there is no value. */
export function percentile(values: readonly number[], percent: number): number {
  if (values.length === 0) throw new RangeError('There is nothing to take a percentile of.');
  const sorted = values.toSorted((a, b) => a - b);
  const place = (percent / 100) * (sorted.length - 1);
  const [low, high] = [sorted[Math.floor(place)] ?? 0, sorted[Math.ceil(place)] ?? 0];
  return low + (high - low) * (place - Math.floor(place));
}

/** p50, p95 and p99 of latencies in microseconds, in milliseconds. */
export const latencies = (micros: readonly number[]): Record<'p50' | 'p95' | 'p99', number> => ({
  p50: percentile(micros, 50) / 1_000,
  p95: percentile(micros, 95) / 1_000,
  p99: percentile(micros, 99) / 1_000,
});
