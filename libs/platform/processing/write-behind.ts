import type { Position } from '../kernel/index.ts';
import type { Stored } from '../read-model/index.ts';
import { Backoff, type Logger } from '../runtime/index.ts';
import type { Progress } from './progress.ts';

/** Stores documents; false when there was nothing worth a commit. `checkpoint` is that of the last one. */
export type Store<Doc> = (
  documents: readonly Stored<Doc>[],
  position: Position,
  checkpoint: Position,
) => Promise<boolean>;

/** What is stored within it shares a commit, unless somebody waits. */
const LINGER_MS = 10;
/** Enough for a commit of their own. */
const ENOUGH = 1_000;
/** With those in the commit that is under way; from here on whoever adds waits. */
const MOST = 10_000;

/** Documents that are folded and not stored yet. They are stored in the background; a commit that fails is tried until it works. */
export class WriteBehind<Doc> {
  #unsaved = new Map<string, Stored<Doc>>();
  /** In the commit that is under way. */
  #saving: ReadonlyMap<string, Stored<Doc>> = new Map();
  #position: Position;
  #checkpoint: Position;
  #running: Promise<void> | undefined;
  #hurry: () => void = () => undefined;
  #makeRoom: () => void = () => undefined;
  readonly #stopping = new AbortController();
  failure: unknown;

  constructor(
    private readonly name: string,
    private readonly progress: Progress,
    private readonly logger: Logger,
    private readonly store: Store<Doc>,
  ) {
    this.#position = progress.position;
    this.#checkpoint = progress.position;
  }

  /** Everything up to here was added. */
  get position(): Position {
    return this.#position;
  }

  get(id: string): Stored<Doc> | undefined {
    return this.#unsaved.get(id) ?? this.#saving.get(id);
  }

  unsaved(): Stored<Doc>[] {
    return [...new Map([...this.#saving, ...this.#unsaved]).values()];
  }

  add(documents: readonly Stored<Doc>[], position: Position): void {
    for (const stored of documents) this.#unsaved.set(stored.id, stored);
    // A batch that is repeated may end earlier than what of it was added before.
    this.#position = Math.max(this.#position, position);
    if (this.#unsaved.size >= ENOUGH) this.#hurry();
    if (this.#isBehind) this.#running ??= this.#run();
  }

  /** Resolves when more may be added. */
  async room(): Promise<void> {
    while (this.#unsaved.size + this.#saving.size >= MOST && !this.#stopping.signal.aborted)
      await new Promise<void>((resolve) => (this.#makeRoom = resolve));
  }

  hurry(): void {
    this.#hurry();
  }

  /** What cannot be stored at once is left to whoever folds it again. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#hurry();
    await this.#running;
  }

  get #isBehind(): boolean {
    return this.#unsaved.size > 0 || this.progress.position < this.#position;
  }

  async #run(): Promise<void> {
    const backoff = new Backoff();
    while (this.#isBehind) {
      if (this.#unsaved.size > 0) await this.#linger();
      if (await this.#commit()) {
        backoff.reset();
        continue;
      }
      if (this.#stopping.signal.aborted) break;
      await backoff.wait(this.#stopping.signal).catch(() => undefined);
    }
    // Not a turn later: what is added from here on needs a run of its own.
    this.#running = undefined;
  }

  async #linger(): Promise<void> {
    if (this.progress.isAwaited || this.#unsaved.size >= ENOUGH || this.#stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, LINGER_MS);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #commit(): Promise<boolean> {
    const position = this.#position;
    const saving = this.#unsaved;
    this.#saving = saving;
    this.#unsaved = new Map();
    try {
      if (await this.store([...saving.values()], position, this.#checkpoint)) this.#checkpoint = position;
      this.failure = undefined;
      this.progress.moveTo(position);
      return true;
    } catch (error) {
      this.failure = error;
      if (!this.#stopping.signal.aborted)
        this.logger.error({ err: error, projection: this.name, position }, 'documents not stored, will retry');
      this.#unsaved = new Map([...saving, ...this.#unsaved]);
      return false;
    } finally {
      this.#saving = new Map();
      this.#makeRoom();
    }
  }
}
