import type { Position, Projection } from '../kernel/index.ts';
import type { Stored } from '../read-model/index.ts';
import { Backoff, type Logger } from '../runtime/index.ts';
import type { Progress } from './progress.ts';

/** Stores documents; false when there was nothing worth a commit. `checkpoint` is that of the last one. */
export type Store<Doc> = (
  documents: readonly Stored<Doc>[],
  position: Position,
  checkpoint: Position,
) => Promise<boolean>;

/**
 * What is folded shares a commit with what follows within `ms`: in one pause after the other as long as more comes, in so many at
 * most, unless somebody waits.
 */
export type Pauses = { readonly ms: number; readonly atMost: number };

const MOMENT: Pauses = { ms: 10, atMost: 1 };
/** Nothing waits a second where no more comes: what is behind would look as if it did not get on. */
const SECOND: Pauses = { ms: 100, atMost: 10 };

/** Nobody can tell whether another process waits for what is stored: shared documents do not keep it waiting. */
export const pausesOf = ({ storedWithin }: Pick<Projection, 'storedWithin'>, shared: boolean): Pauses =>
  storedWithin === 'second' && !shared ? SECOND : MOMENT;

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
  /** Something was added in this pause. */
  #added = false;
  #hurry: () => void = () => undefined;
  #makeRoom: () => void = () => undefined;
  readonly #stopping = new AbortController();
  failure: unknown;

  constructor(
    private readonly name: string,
    private readonly progress: Progress,
    private readonly logger: Logger,
    private readonly store: Store<Doc>,
    private readonly pauses: Pauses = MOMENT,
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
    this.#added = true;
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
    for (let pause = 0; pause < this.pauses.atMost && !this.#isUrgent; pause++) {
      this.#added = false;
      if ((await this.#pause()) === 'hurried' || !this.#added) return;
    }
  }

  get #isUrgent(): boolean {
    return this.progress.isAwaited || this.#unsaved.size >= ENOUGH || this.#stopping.signal.aborted;
  }

  #pause(): Promise<'over' | 'hurried'> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => resolve('over'), this.pauses.ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve('hurried');
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
