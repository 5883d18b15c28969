/** Milliseconds since the epoch. */
export type Instant = number;

/** The one source of time and timers for everything that becomes due. Deadlines of I/O use the machine's own clock. */
export type Clock = {
  readonly now: () => Instant;
  /** Calls `wake` once, at or soon after `at`; the returned function cancels it. */
  readonly at: (at: Instant, wake: () => void) => () => void;
};
