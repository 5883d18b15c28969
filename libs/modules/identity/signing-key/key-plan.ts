import { derivedId, type Instant } from '../../../platform/kernel/index.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long a token lives, in seconds. */
export const TOKEN_LIFETIME_SECONDS = 86_400;
/** How long a key signs. */
export const KEY_LIFETIME = 30 * DAY;
/** A key is published this long before it signs, so that whoever caches the published keys knows it by then. */
export const PUBLISHED_AHEAD = DAY;
/** Another process may go on signing with the old key for a moment. */
const SLACK = HOUR;

export type PlannedKey = { readonly keyId: string; readonly activeFrom: Instant; readonly retired: boolean };

export type KeyPlan = {
  /** Its id follows from the key before it, so that two processes with the same plan make one key. */
  readonly make: { readonly keyId: string; readonly activeFrom: Instant } | undefined;
  readonly retire: readonly string[];
};

/** The key that signs at this instant: of those that may, the one that began last. */
export const activeKey = <K extends PlannedKey>(keys: readonly K[], now: Instant): K | undefined =>
  inOrder(keys).findLast((key) => key.activeFrom <= now);

/** What has to be done about the keys now. Doing it, or doing it again, makes the next plan empty. */
export function planKeys(keys: readonly PlannedKey[], now: Instant): KeyPlan {
  const live = inOrder(keys);
  const active = activeKey(keys, now);
  return { make: nextKey(keys, live, active, now), retire: outlived(live, active, now) };
}

function nextKey(
  keys: readonly PlannedKey[],
  live: readonly PlannedKey[],
  active: PlannedKey | undefined,
  now: Instant,
): KeyPlan['make'] {
  if (!active) return { keyId: derivedId('signing-key', keys.length), activeFrom: now };
  if (live.at(-1) !== active || now < active.activeFrom + KEY_LIFETIME - PUBLISHED_AHEAD) return undefined;
  const activeFrom = Math.max(active.activeFrom + KEY_LIFETIME, now + PUBLISHED_AHEAD);
  return { keyId: derivedId('signing-key', active.keyId), activeFrom };
}

/** Keys that signed before the active one, once the last token they can have signed has expired. */
function outlived(live: readonly PlannedKey[], active: PlannedKey | undefined, now: Instant): string[] {
  return live.flatMap((key, index) => {
    const successor = live[index + 1];
    if (!active || !successor || key.activeFrom >= active.activeFrom) return [];
    return now >= successor.activeFrom + TOKEN_LIFETIME_SECONDS * 1_000 + SLACK ? [key.keyId] : [];
  });
}

const inOrder = <K extends PlannedKey>(keys: readonly K[]): K[] =>
  keys.filter((key) => !key.retired).sort((a, b) => a.activeFrom - b.activeFrom || (a.keyId < b.keyId ? -1 : 1));
