import type { PlatformMessage } from '../../../platform/platform-streams/index.ts';
import { WORKSPACE_CREATED } from '../publish-events/workspace-registration.ts';

/** A message in hand, and how to say that it is done with. */
export type Held = { readonly message: PlatformMessage; readonly done: () => void };
type Queued = Held & { readonly number: number };

/** Messages of one workspace which is not there yet, in their order. */
type Waiting = { readonly since: number; dueAt: number; queued: Queued[] };

const MOST_AT_ONCE = 200;
const PAUSE_MS = 1_000;
/** From the first try on: the workspace may be on its way. */
const PATIENCE_MS = 5_000;

/**
 * Messages in the order in which they came. One that has to wait is tried again after a while; those of its workspace stay behind it,
 * the others pass. Instants are those of a clock that only runs forward, in milliseconds.
 */
export class IntakeQueue {
  readonly #ready: Queued[] = [];
  readonly #waiting = new Map<string, Waiting>();
  #count = 0;

  add(held: Held): void {
    this.#ready.push({ ...held, number: this.#count++ });
  }

  /** What is to be tried now, at most 200; each of them is done, put back or delayed before the next call. */
  next(now: number): readonly Held[] {
    const batch: Held[] = [];
    for (const [workspaceId, { dueAt, queued }] of this.#waiting) {
      if (queued.length === 0) this.#waiting.delete(workspaceId);
      else if (dueAt <= now) batch.push(...queued.splice(0, MOST_AT_ONCE - batch.length));
    }
    while (batch.length < MOST_AT_ONCE) {
      const queued = this.#ready.shift();
      if (!queued) break;
      const waiting = this.#ahead(queued);
      if (waiting) insert(waiting.queued, [queued]);
      else batch.push(queued);
    }
    return batch;
  }

  /** To be tried again, at once or with those it was tried with. */
  putBack(batch: readonly Held[]): void {
    for (const queued of batch as readonly Queued[]) insert(this.#ahead(queued)?.queued ?? this.#ready, [queued]);
  }

  /** To be tried again after a while. The answer are those whose workspace has been waited for long enough. */
  delay(batch: readonly Held[], now: number): readonly Held[] {
    const overdue: Held[] = [];
    for (const [workspaceId, messages] of Map.groupBy(batch as readonly Queued[], workspaceOf)) {
      const waiting = this.#waiting.get(workspaceId) ?? { since: now, dueAt: now, queued: [] };
      if (now - waiting.since >= PATIENCE_MS) {
        overdue.push(...messages);
        continue;
      }
      waiting.dueAt = now + PAUSE_MS;
      insert(waiting.queued, messages);
      this.#waiting.set(workspaceId, waiting);
    }
    return overdue;
  }

  /** The instant at which `next` has something, if nothing is added before; undefined when it has nothing. */
  nextDue(): number | undefined {
    if (this.#ready.length > 0) return -Infinity;
    const due = [...this.#waiting.values()].filter(({ queued }) => queued.length > 0).map(({ dueAt }) => dueAt);
    return due.length === 0 ? undefined : Math.min(...due);
  }

  /** Those it has to stay behind. What registers its workspace stays behind nothing: the others wait for it. */
  #ahead(queued: Queued): Waiting | undefined {
    return queued.message.type === WORKSPACE_CREATED ? undefined : this.#waiting.get(workspaceOf(queued));
  }
}

const workspaceOf = ({ message }: Held): string => {
  const workspaceId = message.metadata?.['workspaceId'];
  return typeof workspaceId === 'string' ? workspaceId : '';
};

function insert(into: Queued[], messages: readonly Queued[]): void {
  into.push(...messages);
  into.sort((a, b) => a.number - b.number);
}
