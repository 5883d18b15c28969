import { setTimeout as delay } from 'node:timers/promises';
import { partitionOf, PARTITIONS, type Ownership } from '../../../platform/leases/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';

/** How long the partitions of a process that died stay idle: longer than the longest attempt that it may have begun last. */
export const PARTITION_LEASE_MS = 30_000;
/** From its decision to begin until the request is over, whatever the receiver does. */
const LONGEST_ATTEMPT_MS = 16_000;
const REST_MS = 1_000;

export type PartitionHandlers = {
  /** Resolves with true once everything that was recorded before the call is known here; false if that is given up. What rejects is called again. */
  readonly catchUp: () => Promise<boolean>;
  readonly served: (partitions: ReadonlySet<number>) => Promise<void>;
  /** Nothing more is begun in these; resolves when what is in flight is recorded. */
  readonly left: (partitions: ReadonlySet<number>) => Promise<void>;
};

/**
 * The partitions of webhooks that this process serves, and no other: those it holds, from when it knows all that whoever held them
 * before has recorded.
 */
export class ServedPartitions {
  readonly #served = new Set<number>();
  /** Since when each is held: what was given up meanwhile has to be caught up with anew. */
  readonly #heldSince = new Map<string, symbol>();
  /** What is in flight there is recorded before anything is served anew: a partition may come back. */
  readonly #leaving = new Set<Promise<void>>();
  #stopping = new AbortController();

  constructor(
    private readonly ownership: Ownership,
    private readonly logger: Logger,
    private readonly handlers: PartitionHandlers,
  ) {}

  /** Whether other processes serve the rest. */
  get isShared(): boolean {
    return this.ownership.shared;
  }

  /** Resolves when what is this process's alone is served; a share of it comes by and by. */
  async start(): Promise<void> {
    this.#stopping = new AbortController();
    const serving: Promise<void>[] = [];
    this.ownership.start(PARTITIONS, {
      gained: (names) => void serving.push(this.#serve(names)),
      giveBack: (names) => this.#leave(names),
      lost: (names) => void this.#leave(names),
    });
    await Promise.all(serving);
  }

  /** Gives up what it waits for. */
  abort(): void {
    this.#stopping.abort();
  }

  /** Gives back everything; nothing may be in flight any more. */
  async stop(): Promise<void> {
    this.abort();
    this.#served.clear();
    await this.ownership.stop();
  }

  serves(webhookId: string): boolean {
    return this.#served.has(partitionOf(webhookId));
  }

  /** Whether an attempt that begins now is over before another process can serve its webhook. */
  mayBegin(partition: number): boolean {
    return this.ownership.isSafeFor(String(partition), LONGEST_ATTEMPT_MS);
  }

  async #serve(names: readonly string[]): Promise<void> {
    const { signal } = this.#stopping;
    const since = Symbol('held since');
    for (const name of names) this.#heldSince.set(name, since);
    while (!signal.aborted) {
      try {
        await Promise.all(this.#leaving);
        if (await this.handlers.catchUp()) return await this.#serveHeld(names, since, signal);
        if (!this.ownership.shared) return;
      } catch (error) {
        this.logger.error({ err: error }, 'partitions not served yet, will retry');
      }
      await delay(REST_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  async #serveHeld(names: readonly string[], since: symbol, signal: AbortSignal): Promise<void> {
    const held = names.filter((name) => this.#heldSince.get(name) === since).map(Number);
    if (signal.aborted || held.length === 0) return;
    for (const partition of held) this.#served.add(partition);
    await this.handlers.served(new Set(held));
  }

  async #leave(names: readonly string[]): Promise<void> {
    const left = new Set(names.map(Number));
    for (const name of names) this.#heldSince.delete(name);
    for (const partition of left) this.#served.delete(partition);
    const leaving = this.handlers.left(left);
    this.#leaving.add(leaving);
    await leaving.finally(() => this.#leaving.delete(leaving));
  }
}
