import type { DowngradeFault } from './cannot-downgrade.ts';

export type DowngradeStep = {
  /** The release that brought it. */
  readonly version: string;
  /** JSONata: `data` of this version in, `data` of the version before out. */
  readonly expression: string;
};

/** The way from a version down to an older one. Each object is compiled once. */
export type Chain = {
  /** Newest first. */
  readonly steps: readonly DowngradeStep[];
  /** JSON Schema of `data` in the version that it leads to. */
  readonly schema: Readonly<Record<string, unknown>>;
};

/** `step`: the index of the step that failed. */
export type Failure = { readonly fault: DowngradeFault; readonly step: number; readonly message: string };

/** Of `data` as JSON, in UTF-8: as much as an event may carry. */
export const MOST_BYTES = 256 * 1024;

/** Of the thread's processor, for each step. */
export const MOST_MILLISECONDS = 50;

/**
 * What crosses to the thread. Chains come as JSON, once, under a number; `chains` and `bodies` belong together, pair by pair. The
 * thread answers all of them before it is asked again.
 */
export type Asked = {
  readonly learn: readonly (readonly [id: number, chain: string])[];
  readonly forget: readonly number[];
  readonly chains: readonly number[];
  readonly bodies: readonly string[];
};

/** In the order of the questions: the rendered body, or why there is none. `null`: not tried, since its chain has just run out of time. */
export type Answer = string | Failure | null;

/** The slots of the array that the thread shares: the index of the question it is at, and the number of its step from 1; 0 is idle. */
export const AT_QUESTION = 0;
export const AT_STEP = 1;
