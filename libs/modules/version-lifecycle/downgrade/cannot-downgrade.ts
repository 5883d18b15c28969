/**
 * `error`: the expression failed, or its result is no object. `time`, `size`: it went over a limit. `shape`: the result is none of the
 * version's schema.
 */
export const downgradeFaults = ['error', 'time', 'size', 'shape'] as const;
export type DowngradeFault = (typeof downgradeFaults)[number];

/** The operator's problem, and nobody else's: repeating it makes no sense. */
export class CannotDowngrade extends Error {
  override readonly name = 'CannotDowngrade';

  constructor(
    readonly fault: DowngradeFault,
    /** The release whose downgrade it was. */
    readonly version: string,
    message: string,
  ) {
    super(message);
  }
}
