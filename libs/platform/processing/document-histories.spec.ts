import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { START, type DomainEvent, type Position, type Projection, type Recorded } from '../kernel/index.ts';
import type { Collection, Stored } from '../read-model/index.ts';
import { DocumentMap } from './document-map.ts';
import { DocumentWriter } from './document-writer.ts';
import { IDLE_CHECKPOINT_EVERY } from './follower.ts';
import { Progress } from './progress.ts';
import { altered } from './testing/collections.ts';
import { counted, counters, placed, tree } from './testing/counters.ts';
import { logger, Stores } from './testing/stores.ts';

type Step =
  | { readonly do: 'append'; readonly events: readonly DomainEvent[] }
  /** The next so many events are folded, as one batch. */
  | { readonly do: 'take'; readonly count: number }
  /** Somebody waits for what is folded, and so many turns of the event loop pass: commits begin, or end. */
  | { readonly do: 'turns'; readonly count: number }
  | { readonly do: 'failing commits' | 'failing folds'; readonly count: number }
  /** A new process goes on from what is stored. */
  | { readonly do: 'stop' | 'kill' };

const stepsOf = (event: fc.Arbitrary<DomainEvent>) =>
  fc.array(
    fc.oneof(
      fc.record({ do: fc.constant('append' as const), events: fc.array(event, { minLength: 1, maxLength: 12 }) }),
      fc.record({ do: fc.constant('take' as const), count: fc.integer({ min: 1, max: 8 }) }),
      fc.record({ do: fc.constant('turns' as const), count: fc.integer({ min: 1, max: 4 }) }),
      fc.record({ do: fc.constantFrom('failing commits' as const, 'failing folds' as const), count: fc.constant(1) }),
      fc.record({ do: fc.constantFrom('stop' as const, 'kill' as const) }),
    ),
    { minLength: 10, maxLength: 40 },
  );

const names = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const countedEvents = names.map((name) => counted(name));
const placedEvents = fc.tuple(names, fc.oneof(fc.constant('root'), names)).map(([node, under]) => placed(node, under));

/** A process whose folds and commits may fail; what is committed after it was killed does not arrive. */
class Process<D extends object, E extends DomainEvent> {
  readonly #writer: DocumentWriter<D, E>;
  readonly progress: Progress;
  readonly told = new Map<string, Position>();
  failingCommits = 0;
  failingFolds = 0;
  #killed = false;

  constructor(projection: Projection<D, E>, documents: Collection<D>, checkpoint: Position) {
    this.progress = new Progress(checkpoint, () => this.#writer.hurry());
    const failing: typeof projection = {
      ...projection,
      fold: (...of) => {
        if (of[1].position % 3 === 0 && this.failingFolds-- > 0) throw new Error('fold');
        return projection.fold(...of);
      },
    };
    const unsteady = altered(documents, {
      commit: async (...of) => {
        await turn();
        if (this.#killed || this.failingCommits-- > 0) throw new Error('commit');
        await documents.commit(...of);
        await turn();
      },
    });
    this.#writer = new DocumentWriter(
      failing,
      unsteady,
      this.progress,
      logger,
      {
        folded: (changed) => changed.forEach(({ id, position }) => this.told.set(id, position)),
        stored: () => undefined,
      },
      { store: stores.events, shared: false, idleEvery: IDLE_CHECKPOINT_EVERY },
    );
  }

  async take(events: readonly Recorded[]): Promise<boolean> {
    const { position = START } = events.at(-1) ?? {};
    return this.#writer.take({ events, position }).then(
      () => true,
      () => false,
    );
  }

  async end(how: 'stop' | 'kill'): Promise<void> {
    this.#killed = how === 'kill';
    await this.#writer.stop();
  }
}

let stores: Stores;
let collections = 0;
beforeAll(async () => void (stores = await Stores.open()));
afterAll(() => stores.dispose());

/** As the event store hands it out. */
const recorded = (event: DomainEvent, position: Position): Recorded => ({
  ...event,
  id: `event-${position}`,
  stream: 'history-1',
  category: 'history',
  revision: position,
  position,
  metadata: { at: 0, actor: 'client:tester', traceId: 'trace' },
});

async function lived<D extends object, E extends DomainEvent>(projection: Projection<D, E>, steps: readonly Step[]) {
  const documents = await stores.readModel.live({ ...projection, name: `${projection.name}-${++collections}` });
  const log: Recorded[] = [];
  let process = new Process(projection, documents, START);
  let taken: Position = START;
  const untaken = () => log.filter(({ position }) => position > taken);
  const take = async (count: number) => {
    const events = untaken().slice(0, count);
    if (events.length > 0 && (await process.take(events))) taken = events.at(-1)?.position ?? taken;
  };
  for (const step of steps) {
    if (step.do === 'append') for (const event of step.events) log.push(recorded(event, log.length));
    else if (step.do === 'take') await take(step.count);
    else if (step.do === 'turns') {
      void process.progress.reached(taken);
      for (let n = 0; n < step.count; n++) await turn();
    } else if (step.do === 'failing commits') process.failingCommits = step.count;
    else if (step.do === 'failing folds') process.failingFolds = step.count;
    else {
      await process.end(step.do);
      taken = await documents.checkpoint();
      process = new Process(projection, documents, taken);
    }
  }
  while (untaken().length > 0) await take(7);
  await process.progress.reached(taken);
  await process.end('stop');
  const { items } = await documents.find({ sort: { field: 'id', direction: 'asc' } });
  return { items, checkpoint: await documents.checkpoint(), told: process.told, log };
}

function plainly<D extends object, E extends DomainEvent>(projection: Projection<D, E>, log: readonly Recorded[]) {
  const all = new DocumentMap(projection);
  const changed = new Map<string, Stored<D>>();
  for (const event of log) for (const stored of all.apply(event as Recorded<E>)) changed.set(stored.id, stored);
  return [...changed.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

it.each([
  ['documents', counters().projection as unknown as Projection, stepsOf(countedEvents)],
  ['documents of a relational projection', tree as unknown as Projection, stepsOf(placedEvents)],
])('%s are what a plain fold gives, whatever fails and whenever the process ends', async (_, projection, steps) => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { items, checkpoint, told, log } = await lived(projection, history);
      const expected = plainly(projection, log);
      expect(items).toEqual(expected);
      expect(checkpoint).toBeLessThanOrEqual(log.at(-1)?.position ?? START);
      for (const { id, position } of items) {
        expect(checkpoint).toBeGreaterThanOrEqual(position);
        if (told.has(id)) expect(told.get(id)).toBe(position);
      }
    }),
    { numRuns: 60 },
  );
});
