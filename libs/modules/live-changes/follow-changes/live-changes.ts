import type { Readable } from 'node:stream';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '../../../platform/event-store/index.ts';
import { Refusal, START, type Clock, type Position } from '../../../platform/kernel/index.ts';
import { Projections } from '../../../platform/processing/index.ts';
import { LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { ChangeFollower } from './change-follower.ts';
import type { ChangeSet } from './change-set.ts';
import { Listener, type ListenerOptions } from './listener.ts';
import { Places, type Place } from './places.ts';

/** A `Clock`: connections live by the machine's, also where the installation's stands still. */
export const PACE = Symbol('Pace');

const BEAT_EVERY_MS = 15_000;
const LONGEST_GOODBYE_MS = 1_000;

/** Everybody who is told of changes by this process. The store is followed while there is anybody. */
@Injectable()
export class LiveChanges implements OnModuleDestroy {
  readonly #listeners = new Set<Listener>();
  readonly #places: Places;
  #following: Promise<ChangeFollower> | undefined;
  #cancelTimer: () => void = () => undefined;
  #closed = false;

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly projections: Projections,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(PACE) private readonly pace: Clock,
    @Inject(WORKSPACE_DIRECTORY) directory: WorkspaceDirectory,
  ) {
    this.#places = new Places(directory);
  }

  /**
   * The stream of a new listener. `lastEventId` is what it was told last, by this process or another.
   * @throws {Refusal} `unavailable` when too many listen, or the server stops.
   */
  async listen(options: ListenerOptions, lastEventId: string | undefined): Promise<Readable> {
    if (this.#closed) throw stopping();
    const place = this.#places.take(options.caller);
    try {
      const following = await (this.#following ??= this.#start());
      const end = lastEventId === undefined ? START : await this.store.end();
      if (this.#closed) throw stopping();
      const missed = lastEventId !== undefined && !isWithin(lastEventId, following.position, end);
      const listener = new Listener(options);
      this.#listeners.add(listener);
      listener.stream.body.once('close', () => {
        this.#listeners.delete(listener);
        this.#left(place);
      });
      listener.open(following.position, missed);
      return listener.stream.body;
    } catch (error) {
      this.#left(place);
      throw error;
    }
  }

  /** Before the port closes, which waits for all that is being answered. */
  async onModuleDestroy(): Promise<void> {
    this.#closed = true;
    this.#cancelTimer();
    const listeners = [...this.#listeners];
    for (const { stream } of listeners) stream.end();
    if (listeners.length > 0) {
      const late = () => listeners.forEach(({ stream }) => stream.cut());
      this.#cancelTimer = this.pace.at(this.pace.now() + LONGEST_GOODBYE_MS, late);
    }
    await this.#stop();
  }

  #start(): Promise<ChangeFollower> {
    const { store, projections, logger, pace } = this;
    const tell = async (changes: ChangeSet) => {
      await Promise.all([...this.#listeners].map((listener) => listener.tell(changes)));
    };
    const starting = ChangeFollower.start({ store, projections, logger, pace, tell });
    this.#beatLater();
    starting.catch(() => (this.#following = undefined));
    return starting;
  }

  #beatLater(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.pace.at(this.pace.now() + BEAT_EVERY_MS, () => {
      for (const listener of this.#listeners) void listener.beat();
      this.#beatLater();
    });
  }

  #left(place: Place): void {
    this.#places.leave(place);
    if (this.#places.size > 0) return;
    this.#cancelTimer();
    void this.#stop();
  }

  async #stop(): Promise<void> {
    const following = this.#following;
    this.#following = undefined;
    await following?.then((each) => each.stop()).catch(() => undefined);
  }
}

/** What comes back with an id of another history, which may be beyond the end of this one, has missed everything. */
const isWithin = (lastEventId: string, from: Position, end: Position): boolean =>
  /^-?\d{1,16}$/.test(lastEventId) && Number(lastEventId) >= from && Number(lastEventId) <= end;

const stopping = () => new Refusal('unavailable', 'The server is stopping.');
