/** The machine's own time, for leases: what becomes due goes by the Clock instead. */
export type MachineTimer = {
  /** Monotonic milliseconds. They pass while the process is paused. */
  readonly now: () => number;
  /** Calls `tick` again and again; the returned function ends that. */
  readonly every: (ms: number, tick: () => void) => () => void;
};

export const machineTimer: MachineTimer = {
  now: () => performance.now(),
  every(ms, tick) {
    const timer = setInterval(tick, ms);
    return () => clearInterval(timer);
  },
};
