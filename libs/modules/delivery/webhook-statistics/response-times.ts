/** How many answers took so long, by bucket; sparse. Plain JSON, so its keys are text. */
export type ResponseTimes = Readonly<Record<string, number>>;

/**
 * Four buckets an octave: bucket `b` has 2^(b/4) up to 2^((b+1)/4) milliseconds. Its middle is at most 9.1 % away from whatever is in
 * it.
 */
const PER_OCTAVE = 4;
/** Less than a millisecond, which counts as none. */
const NONE = -1;

const bucketOf = (ms: number): number => (ms < 1 ? NONE : Math.floor(Math.log2(ms) * PER_OCTAVE));
const middleOf = (bucket: number): number => (bucket === NONE ? 0 : 2 ** ((bucket + 0.5) / PER_OCTAVE));

export const counting = (times: ResponseTimes, ms: number): ResponseTimes => {
  const bucket = bucketOf(ms);
  return { ...times, [bucket]: (times[bucket] ?? 0) + 1 };
};

export function together(all: Iterable<ResponseTimes>): ResponseTimes {
  const sums: Record<string, number> = {};
  for (const times of all) {
    for (const [bucket, count] of Object.entries(times)) sums[bucket] = (sums[bucket] ?? 0) + count;
  }
  return sums;
}

/**
 * Milliseconds that so many percent of the answers did not exceed (nearest rank), within 9.1 %, to a hundredth of a millisecond. Null
 * without any.
 */
export function percentile(times: ResponseTimes, percent: number): number | null {
  const buckets = Object.entries(times)
    .map(([bucket, count]) => ({ bucket: Number(bucket), count }))
    .sort((a, b) => a.bucket - b.bucket);
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const rank = Math.ceil((percent * total) / 100);
  let below = 0;
  for (const { bucket, count } of buckets) {
    below += count;
    if (below >= rank) return Math.round(middleOf(bucket) * 100) / 100;
  }
  return null;
}
