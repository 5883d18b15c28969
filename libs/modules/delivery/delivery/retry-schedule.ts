/** Seconds to wait before each attempt of a round, from the recorded end of the one before. */
export type RetrySchedule = readonly number[];

const JITTER = 0.1;
const LONGEST_RETRY_AFTER_S = 3_600;

/**
 * When the attempt after `attempts` of a round is due, or null when the round is over. Jitter (`random` in [0, 1)) and the receiver's
 * `retryAfterSeconds` only ever lengthen the wait, the latter up to an hour.
 */
export function nextAttemptAt(
  schedule: RetrySchedule,
  attempts: number,
  endedAt: number,
  { random, retryAfterSeconds }: { random: number; retryAfterSeconds?: number | undefined },
): number | null {
  const wait = schedule[attempts];
  if (wait === undefined) return null;
  const asked = Math.min(retryAfterSeconds ?? 0, LONGEST_RETRY_AFTER_S);
  return endedAt + Math.round(Math.max(wait * (1 + JITTER * random), asked) * 1_000);
}

/** A `Retry-After` header, seconds or an HTTP date, as seconds from `now`; undefined when it is neither. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, (date - now) / 1_000);
}
