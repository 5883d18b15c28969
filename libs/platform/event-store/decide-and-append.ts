import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import {
  derivedId,
  Refusal,
  type AnyCommand,
  type AnyCommandClass,
  type Decider,
  type DomainEvent,
  type Ids,
  type Recorded,
} from '../kernel/index.ts';
import { currentContext, IDS } from '../runtime/index.ts';
import { EVENT_STORE, WrongExpectedRevision, type EventStore, type ExpectedRevision } from './port.ts';

/** What a command came to: the events it appended (none if there was nothing to do) and the state after them. */
export type Executed<State, Event extends DomainEvent> = {
  readonly state: State;
  readonly events: readonly Recorded<Event>[];
  /** Of the stream's last event; -1 when the stream does not exist. */
  readonly revision: number;
};

const ATTEMPTS = 10;

/**
 * Reads the stream, decides, appends, and decides again on the newer state if someone else was faster.
 * @throws {Refusal} the decider's own; `precondition-failed` when the command insists on another revision; `conflict` when the
 *   stream keeps moving.
 */
export async function decideAndAppend<S, C extends AnyCommand, E extends DomainEvent>(
  store: EventStore,
  ids: Ids,
  decider: Decider<S, C, E>,
  stream: string,
  command: C,
): Promise<Executed<S, E>> {
  const { expectedRevision, idempotencyKey, at, actor, traceId } = command.metadata;
  const idOf = (index: number) =>
    idempotencyKey === undefined ? ids.uuid() : derivedId(stream, idempotencyKey, index);
  const repeatedId = idempotencyKey === undefined ? undefined : idOf(0);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const history = (await store.readStream(stream)) as readonly Recorded<E>[];
    const revision = history.at(-1)?.revision ?? -1;
    const state = history.reduce<S>(decider.evolve, decider.initialState());
    if (repeatedId !== undefined && history.some(({ id }) => id === repeatedId)) return { state, events: [], revision };
    // The decider refuses first: whoever may not know of the stream must not learn of its revision either.
    const decided = decider.decide(command, state);
    if (expectedRevision !== undefined && expectedRevision !== revision) {
      throw new Refusal(
        'precondition-failed',
        'It has been changed since it was read; read it again and repeat the change.',
      );
    }
    if (decided.length === 0) return { state, events: [], revision };
    const events = decided.map((event, index) => ({ ...event, id: idOf(index) }));
    const expected: ExpectedRevision = revision < 0 ? 'no-stream' : revision;
    try {
      const recorded = await store.append({ stream, expected, events, metadata: { at, actor, traceId } });
      const last = recorded.at(-1);
      if (last) currentContext()?.appended.set(decider.category, last.position);
      return {
        state: decided.reduce<S>(decider.evolve, state),
        events: recorded as readonly Recorded<E>[],
        revision: revision + decided.length,
      };
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
    }
  }
  throw new Refusal('conflict', 'It is being changed by others at the same time; try again.');
}

/** One Nest command handler for each command class of a decider, all of them `decideAndAppend`. */
export function commandHandlers<S, C extends AnyCommand, E extends DomainEvent>(
  decider: Decider<S, C, E>,
  idOf: (command: C) => string,
  commands: { [T in C['type']]: AnyCommandClass & { readonly type: T } },
): Type<ICommandHandler>[] {
  return Object.values<AnyCommandClass>(commands).map((command) => {
    class DecideAndAppend {
      constructor(
        @Inject(EVENT_STORE) private readonly store: EventStore,
        @Inject(IDS) private readonly ids: Ids,
      ) {}
      execute(c: C): Promise<Executed<S, E>> {
        return decideAndAppend(this.store, this.ids, decider, `${decider.category}-${idOf(c)}`, c);
      }
    }
    Object.defineProperty(DecideAndAppend, 'name', { value: `${command.type}Handler` });
    CommandHandler(command)(DecideAndAppend);
    return DecideAndAppend;
  });
}
