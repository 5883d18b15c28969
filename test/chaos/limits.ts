import type { Receipt } from './receivers.ts';

export type Rate = { readonly ratePerSecond: number; readonly burst: number };

/** A request that has begun in time may arrive late, and those after it on time. */
const LATEST_MS = 1_000;
const ofEvents = (receipts: readonly Receipt[]) => receipts.filter(({ isTest }) => !isTest);

/** The most requests of one webhook that its receiver had to answer at the same time, without tests. */
export const mostAtOnce = (receipts: readonly Receipt[]): number =>
  Math.max(0, ...ofEvents(receipts).map(({ atOnce }) => atOnce));

/** How many requests of one webhook, at most, came beyond what its rate allows in whatever window; not more than 0 if none did. */
export function beyondRate(receipts: readonly Receipt[], { ratePerSecond, burst }: Rate): number {
  const perMs = ratePerSecond / 1_000;
  // With what every request that came before adds and the time takes away, the fullest window ends here.
  let [level, before, most] = [0, -Infinity, -Infinity];
  for (const { at } of ofEvents(receipts)) {
    level = Math.max(0, level - (at - before) * perMs) + 1;
    before = at;
    most = Math.max(most, level);
  }
  return Math.ceil(most - burst - LATEST_MS * perMs);
}
