import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../libs/platform/event-store/index.ts';
import type { Position } from '../../../libs/platform/kernel/index.ts';
import { Projections, Sagas, type Following } from '../../../libs/platform/processing/index.ts';
import { ReadModelUnavailable } from '../../../libs/platform/read-model/index.ts';
import type { Stores } from '../stores.ts';

/** Whoever asks waits little longer. */
const PATIENCE_MS = 2_000;

export type Engines = Pick<Stores, 'failures'>;
export const ENGINES = Symbol('Engines');

export type FollowerKind = 'projection' | 'saga' | 'resident';
export type FollowerHealth = {
  readonly name: string;
  readonly kind: FollowerKind;
  /** Store positions it is behind; null while the head is not known. */
  readonly lag: number | null;
  readonly failing: boolean;
};

export type InstallationHealth = {
  readonly head: Position | undefined;
  readonly eventsOk: boolean;
  readonly documentsOk: boolean;
  /** Why requests cannot be served; none if they can. */
  readonly reasons: readonly string[];
  readonly followers: readonly FollowerHealth[];
};

/** Whether requests can be served, and how far behind each follower is. */
@Injectable()
export class Health {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(ENGINES) private readonly engines: Engines,
    private readonly projections: Projections,
    private readonly sagas: Sagas,
  ) {}

  async now(): Promise<InstallationHealth> {
    const [head, isRead] = await this.#look();
    const failures = this.engines.failures();
    const known = failures.map(({ message }) => message);
    if (head === undefined && known.length === 0) known.push('the event store cannot be read');
    if (!isRead && known.length === 0) known.push('the read model cannot be read');
    const each = this.#followers();
    const failing = each.filter(([follower]) => follower.failure !== undefined);
    return {
      head,
      eventsOk: failures.length === 0 ? head !== undefined : this.store.failure === undefined,
      documentsOk: failures.length === 0 ? isRead : !failures.some((error) => error instanceof ReadModelUnavailable),
      reasons: [...known, ...failing.map(([{ name }]) => `${name} is failing and being retried`)],
      followers: each.map(([{ name, position, failure }, kind]) => ({
        ...{ name, kind, failing: failure !== undefined },
        lag: head === undefined ? null : Math.max(0, head - position),
      })),
    };
  }

  #followers(): (readonly [Following, FollowerKind])[] {
    const { projections, sagas } = this;
    const of = (followers: readonly Following[], kind: FollowerKind) => followers.map((each) => [each, kind] as const);
    return [
      ...of(projections.runners(), 'projection'),
      ...of(projections.residents(), 'resident'),
      ...of(sagas.followers(), 'saga'),
    ];
  }

  /** The head, and whether documents can be read. An engine that is known to be away is not asked; whoever hangs is not waited for. */
  async #look(): Promise<[Position | undefined, boolean]> {
    if (this.engines.failures().length > 0) return [undefined, false];
    const soon = <T>(asked: Promise<T>, otherwise: T) =>
      Promise.race([asked.catch(() => otherwise), delay(PATIENCE_MS, otherwise, { ref: false })]);
    return Promise.all([
      soon<Position | undefined>(this.store.head(), undefined),
      soon(
        Promise.all([this.projections.readable(), this.sagas.look()]).then(([readable]) => readable),
        false,
      ),
    ]);
  }
}
