import type { LiveMessage, LiveState } from './live-state.ts';

const LOST_AFTER_MS = 10_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

type Told = { readonly onMessage: (message: LiveMessage) => void; readonly onState: (state: LiveState) => void };

/**
 * The stream of a workspace's changes. The browser comes back by itself after a lost connection, but not after a refusal: then this
 * does, slower each time. After ten seconds without it others are told to poll meanwhile.
 */
export class EventStream {
  #source: EventSource | undefined;
  #lastEventId: string | undefined;
  #lost: ReturnType<typeof setTimeout> | undefined;
  #again: ReturnType<typeof setTimeout> | undefined;
  #waitMs = FIRST_WAIT_MS;

  constructor(
    private readonly workspaceId: string,
    private readonly told: Told,
  ) {
    this.#connect();
  }

  close(): void {
    clearTimeout(this.#lost);
    clearTimeout(this.#again);
    this.#lost = undefined;
    this.#source?.close();
    this.#source = undefined;
  }

  #connect(): void {
    const query = new URLSearchParams({ workspace: this.workspaceId });
    if (this.#lastEventId !== undefined) query.set('lastEventId', this.#lastEventId);
    const source = new EventSource(`/changes?${query.toString()}`);
    this.#source = source;
    this.#lost ??= setTimeout(() => this.told.onState('polling'), LOST_AFTER_MS);
    source.addEventListener('open', () => undefined);
    const on = (type: LiveMessage['type'], then?: () => void): void =>
      source.addEventListener(type, (event: MessageEvent<string>) => {
        if (event.lastEventId !== '') this.#lastEventId = event.lastEventId;
        then?.();
        this.told.onMessage({ type, data: event.data });
      });
    on('open', () => this.#opened());
    on('changes');
    on('resync');
    on('end', () => {
      this.close();
      this.told.onState('closed');
    });
    source.onerror = () => this.#failed(source);
  }

  /** The browser's own `open` comes with the headers; ours, which has data, when changes are told from here on. */
  #opened(): void {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    this.#waitMs = FIRST_WAIT_MS;
    this.told.onState('open');
  }

  #failed(source: EventSource): void {
    if (source !== this.#source) return;
    if (this.#lost === undefined) {
      this.told.onState('reconnecting');
      this.#lost = setTimeout(() => this.told.onState('polling'), LOST_AFTER_MS);
    }
    if (source.readyState !== EventSource.CLOSED) return;
    this.#source = undefined;
    this.#again = setTimeout(() => this.#connect(), this.#waitMs);
    this.#waitMs = Math.min(this.#waitMs * 2, LONGEST_WAIT_MS);
  }
}
