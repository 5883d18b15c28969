import type { QueryClient } from '@tanstack/react-query';
import { Batch } from '../ui/batch.ts';
import { changedKeys } from './changed-keys.ts';
import { changeMessageOf, type ChangeMessage } from './change-message.ts';
import { keys } from './keys.ts';
import { setLive, type LiveMessage, type LiveState } from './live-state.ts';
import { joinStream } from './shared-stream.ts';

const POLL_MS = 15_000;
/** A list is read again at most this often, however much happens. */
const READ_EVERY_MS = 1_000;

type Listener = (message: ChangeMessage) => void;
const listeners = new Set<Listener>();

/** Tells a component what changed, in words of ids. Whatever is shown comes from queries, which are read again anyway. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Keeps what is on screen of a workspace as new as the server has it, until it is left. A hidden tab hears nothing, and reads
 * everything again when it is back.
 */
export function followWorkspace(client: QueryClient, workspaceId: string): () => void {
  let leave: (() => void) | undefined;
  let poll: ReturnType<typeof setInterval> | undefined;
  let wasHidden = false;
  let before: LiveState = 'closed';

  const readAll = (): void => {
    setLive({ updatedAt: Date.now() });
    void client.invalidateQueries({ queryKey: keys.workspace(workspaceId) });
    for (const key of [['versions'], ['triggers'], ['workspaces']]) void client.invalidateQueries({ queryKey: key });
  };
  const readWhatIsThere = (): void => {
    setLive({ updatedAt: Date.now() });
    void client.invalidateQueries({
      queryKey: keys.workspace(workspaceId),
      predicate: ({ state }) => state.data !== undefined,
    });
  };
  const changes = new Batch<ChangeMessage>(READ_EVERY_MS, (messages) => {
    setLive({ updatedAt: Date.now() });
    for (const queryKey of changedKeys(workspaceId, messages)) void client.invalidateQueries({ queryKey });
  });
  const onMessage = ({ type, data }: LiveMessage): void => {
    if (type === 'resync') return readAll();
    if (type !== 'changes') return;
    const message = changeMessageOf(data);
    if (message === undefined) return readAll();
    changes.add(message);
    for (const listener of listeners) listener(message);
  };
  const onState = (state: LiveState): void => {
    setLive({ state });
    clearInterval(poll);
    poll = state === 'polling' ? setInterval(readAll, POLL_MS) : undefined;
    if (state === 'polling') readAll();
    // What was read before the stream was open may have changed unnoticed; what is still being read will be new enough.
    if (state === 'open' && before !== 'open') readWhatIsThere();
    // The caller may no longer listen: asking for the session says why.
    if (state === 'closed') void client.invalidateQueries({ queryKey: keys.session });
    before = state;
  };
  const join = (): void => {
    before = 'closed';
    setLive({ state: 'connecting' });
    leave = joinStream(workspaceId, { onMessage, onState });
    // What happened before the stream was open is told by nobody.
    if (wasHidden) readAll();
  };
  const part = (): void => {
    leave?.();
    leave = undefined;
    clearInterval(poll);
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'visible') {
      if (!leave) join();
    } else {
      wasHidden = true;
      part();
      setLive({ state: 'closed' });
    }
  };
  document.addEventListener('visibilitychange', onVisibility);
  onVisibility();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    part();
    setLive({ state: 'closed' });
  };
}
