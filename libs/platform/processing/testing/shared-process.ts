import { setImmediate as turn } from 'node:timers/promises';
import { ScriptedOwnership } from '../../leases/testing/scripted-ownership.ts';
import type { Position } from '../../kernel/index.ts';
import type { Collection, ReadModel, Stored } from '../../read-model/index.ts';
import type { ProjectionRunner } from '../projection-runner.ts';
import { Projections } from '../projections.ts';
import { altered } from './collections.ts';
import { counters, type Counter } from './counters.ts';
import { logger, type Stores } from './stores.ts';

export type Runner = ProjectionRunner<Counter, never>;
export type Told = { readonly ids: readonly string[]; readonly position: Position; readonly earliest: Position };

/** One of several processes that project counters in the same stores; what it owns is for the test to say. */
export class SharedProcess {
  readonly ownership = new ScriptedOwnership();
  readonly projections: Projections;
  /** What was folded here, or stored from here. */
  readonly folds: Position[];
  readonly commits: Position[] = [];
  /** How many commits are yet to fail. */
  failing = 0;
  /** What a listener was told, in this order. */
  readonly told: Told[] = [];
  /** What it knows: documents that it read when they had what it was not told of, and what it was told since. */
  readonly known = new Map<string, Stored<Counter>>();
  runner!: Runner;
  readonly #projection: ReturnType<typeof counters>['projection'];

  private constructor(
    readonly stores: Stores,
    version: number,
  ) {
    const { projection, folds } = counters({ version });
    this.#projection = projection;
    this.folds = folds;
    this.projections = new Projections(stores.events, this.#counting(stores.readModel), logger, () => this.ownership);
  }

  /** Not started. */
  static async of(stores: Stores, { version = 1 } = {}): Promise<SharedProcess> {
    const process = stores.running(new SharedProcess(stores, version));
    process.runner = await process.projections.runner(process.#projection);
    return process;
  }

  async start(): Promise<this> {
    await this.projections.start();
    return this;
  }

  stop(): Promise<void> {
    return this.projections.stop();
  }

  /** Listens as the sender does: first to what changes, then it reads what there is. */
  async listen(): Promise<boolean> {
    this.runner.onFolded((changed, position) => {
      const earliest = Math.min(...changed.map((stored) => stored.position));
      this.told.push({ ids: changed.map(({ id }) => id), position, earliest });
      changed.forEach((stored) => this.#know(stored));
    });
    return this.read();
  }

  /** False when it was stopped before. */
  async read(): Promise<boolean> {
    if (!(await this.runner.reached(await this.stores.events.head()))) return false;
    for (const stored of await everything(this.runner.documents)) this.#know(stored);
    return true;
  }

  /** As stored. */
  async countOf(id = 'a'): Promise<number | undefined> {
    return (await this.runner.documents.get(id))?.document.count;
  }

  /** As known to its listener. */
  counts(): Record<string, number> {
    return Object.fromEntries([...this.known].sort().map(([id, { document }]) => [id, document.count]));
  }

  #know(stored: Stored<Counter>): void {
    const before = this.known.get(stored.id);
    if (!before || before.position <= stored.position) this.known.set(stored.id, stored);
  }

  #counting(readModel: ReadModel): ReadModel {
    return {
      live: async (projection) => {
        const documents = await readModel.live(projection);
        const commit: typeof documents.commit = async (changed, checkpoint) => {
          if (this.failing > 0) {
            this.failing--;
            throw new Error('The documents cannot be stored now.');
          }
          this.commits.push(checkpoint);
          await documents.commit(changed, checkpoint);
        };
        return Object.defineProperty(altered(documents, { commit }), 'stale', { get: () => documents.stale });
      },
      rebuild: (projection) => readModel.rebuild(projection),
      swap: (name) => readModel.swap(name),
      close: () => readModel.close(),
    };
  }
}

/** The first one owns what is projected, the second one watches. */
export async function twoProcesses(stores: Stores): Promise<{ first: SharedProcess; second: SharedProcess }> {
  const [first, second] = [await SharedProcess.of(stores), await SharedProcess.of(stores)];
  await Promise.all([first.start(), second.start()]);
  first.ownership.gain();
  await first.runner.reached(await stores.events.head());
  return { first, second };
}

/** As a listing of all pages. */
export async function everything<Doc extends object>(documents: Collection<Doc>): Promise<Stored<Doc>[]> {
  const all: Stored<Doc>[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const page = await documents.find({ limit: 1_000, ...(cursor === undefined ? {} : { cursor }) });
    all.push(...page.items);
    cursor = page.nextCursor;
  }
  return all;
}

/** What was going on at once has had its turns, and this has not happened. */
export async function notYet(promise: Promise<unknown>): Promise<boolean> {
  let isDone = false;
  void promise.then(() => (isDone = true));
  for (let n = 0; n < 50; n++) await turn();
  return !isDone;
}
