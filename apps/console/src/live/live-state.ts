export type LiveState = 'connecting' | 'open' | 'reconnecting' | 'polling' | 'closed';
/** As the stream says it; `data` is JSON. */
export type LiveMessage = { readonly type: 'open' | 'changes' | 'resync' | 'end'; readonly data: string };

type Live = {
  readonly state: LiveState;
  /** When something was read again for certain, by the browser's clock. */ readonly updatedAt: number;
};

let live: Live = { state: 'closed', updatedAt: Date.now() };
const listeners = new Set<() => void>();

export const liveNow = (): Live => live;

export function setLive(change: Partial<Live>): void {
  live = { ...live, ...change };
  for (const listener of listeners) listener();
}

export function subscribeLive(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
