import { useSyncExternalStore } from 'react';

const TICK_MS = 1_000;
let offsetMs = 0;
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;
const listeners = new Set<() => void>();

const tick = (): void => {
  now = Date.now() + offsetMs;
  for (const listener of listeners) listener();
};

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Answers carry the server's time in `Date`; where it is another than the browser's, everything is told by the server's. */
export function setServerTime(dateHeader: string | null): void {
  const difference = Date.parse(dateHeader ?? '') - Date.now();
  if (Number.isNaN(difference)) return;
  // It has whole seconds, and was on its way: small differences are none.
  const before = offsetMs;
  offsetMs = Math.abs(difference) < 5_000 ? 0 : difference;
  if (Math.abs(offsetMs - before) >= TICK_MS) tick();
}

/** Milliseconds by the server's clock, at this moment. */
export const serverNow = (): number => Date.now() + offsetMs;

/** The same, each second anew. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);

/** Each minute anew, for what does not show seconds. */
export const useMinute = (): number => useSyncExternalStore(subscribe, () => Math.floor(now / 60_000) * 60_000);
