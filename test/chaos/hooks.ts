import type { Rate } from './limits.ts';
import { WORKSPACE } from './publishers.ts';
import type { Random } from './random.ts';

/** A webhook of a trial. */
export type Hook = {
  /** And the path of its receiver. */
  readonly name: string;
  readonly workspace: string;
  readonly delivery: object;
  /** Attempts at the same time, without tests. */
  readonly inFlight: number;
};

const RETRIES_MS = [0, 100, 200, 400, 800];
const USUAL = 16;
const hook = (name: string, delivery: object = {}, changes: Partial<Hook> = {}): Hook => ({
  ...{ name, delivery, workspace: WORKSPACE, inFlight: USUAL },
  ...changes,
});

export const HOOKS: readonly Hook[] = [
  hook('plain'),
  hook(
    'strict',
    { strictOrder: true, schedule: RETRIES_MS.map((ms) => ms / 1_000), onExhausted: 'continue' },
    { inFlight: 1 },
  ),
  hook('limited', { ratePerSecond: 300, burst: 20 }),
  hook('failing', { onExhausted: 'continue' }),
  hook('toggled', { onExhausted: 'disable' }),
];

export const NARROW = 3;
/** A second burst is more than what may be late, at this rate. */
export const PACE: Rate = { ratePerSecond: 10, burst: 20 };

const OTHERS = Array.from({ length: 40 }, (_, n) => hook(`other-${n}`, {}, { workspace: `workspace-of-other-${n}` }));
/** So many that every process has some to serve; most of them in workspaces of their own, where little happens. */
export const MANY_HOOKS: readonly Hook[] = [
  ...HOOKS,
  hook('narrow', { concurrency: NARROW }, { inFlight: NARROW }),
  hook('paced', PACE, { workspace: 'workspace-of-paced' }),
  ...OTHERS,
];

/** Which workspace an event is of, where there are many. */
export function workspaceOfMany(random: Random): string {
  if (random.chance(0.3)) return WORKSPACE;
  return random.chance(0.08) ? 'workspace-of-paced' : `workspace-of-other-${random.integer(0, OTHERS.length - 1)}`;
}
