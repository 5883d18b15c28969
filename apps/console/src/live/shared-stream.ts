import { EventStream } from './event-stream.ts';
import type { LiveMessage, LiveState } from './live-state.ts';

type Told = { readonly onMessage: (message: LiveMessage) => void; readonly onState: (state: LiveState) => void };
type Shared = { readonly message: LiveMessage } | { readonly state: LiveState } | { readonly ask: true };

/**
 * One connection for all tabs that show a workspace: HTTP/1.1 has six for each origin. The tab that holds the lock has it, and tells
 * the others; when it goes, or is hidden, the next one takes over. Where there are no locks (plain http) each tab has its own.
 * @returns how to leave.
 */
export function joinStream(workspaceId: string, told: Told): () => void {
  const name = `carillon-changes:${workspaceId}`;
  const locks = (navigator as Partial<Navigator>).locks;
  if (locks === undefined || typeof BroadcastChannel === 'undefined') {
    const stream = new EventStream(workspaceId, told);
    return () => stream.close();
  }
  const channel = new BroadcastChannel(name);
  const leaving = new AbortController();
  let stream: EventStream | undefined;
  let state: LiveState = 'connecting';
  let released: () => void = () => undefined;

  channel.onmessage = ({ data }: MessageEvent<Shared>) => {
    if ('ask' in data) {
      if (stream) channel.postMessage({ state } satisfies Shared);
    } else if ('message' in data) told.onMessage(data.message);
    else told.onState(data.state);
  };
  const lead = (): Promise<void> => {
    stream = new EventStream(workspaceId, {
      onMessage: (message) => {
        told.onMessage(message);
        channel.postMessage({ message } satisfies Shared);
      },
      onState: (next) => {
        state = next;
        told.onState(next);
        channel.postMessage({ state } satisfies Shared);
      },
    });
    return new Promise((resolve) => (released = resolve));
  };
  locks.request(name, { signal: leaving.signal }, () => lead()).catch(() => undefined);
  channel.postMessage({ ask: true } satisfies Shared);
  return () => {
    leaving.abort();
    stream?.close();
    stream = undefined;
    released();
    channel.close();
  };
}
