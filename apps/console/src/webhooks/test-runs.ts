import { useSyncExternalStore } from 'react';

/** The newest test that was asked for here, by webhook, until another one or a reload. */
const runs = new Map<string, string>();
const listeners = new Set<() => void>();

/** Follows this test in every `TestLine` of the webhook. */
export function followTest(webhookId: string, deliveryId: string): void {
  runs.set(webhookId, deliveryId);
  for (const listener of listeners) listener();
}

export function forgetTest(webhookId: string): void {
  runs.delete(webhookId);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The delivery that carries the test, if one is followed. */
export const useFollowedTest = (webhookId: string): string | undefined =>
  useSyncExternalStore(subscribe, () => runs.get(webhookId));
