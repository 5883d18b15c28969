import type { AnyCommand } from './command.ts';
import type { DomainEvent } from './event.ts';

/**
 * The rules of one aggregate, as pure functions. `decide` answers with events, `[]` when there is nothing to do (which makes
 * repeats harmless), or throws a `Refusal` when a rule forbids the command.
 */
export type Decider<State, Command extends AnyCommand, Event extends DomainEvent> = {
  /** The first part of the stream name; no hyphen, since a category ends at the first one. */
  readonly category: string;
  readonly initialState: () => State;
  readonly evolve: (state: State, event: Event) => State;
  readonly decide: (command: Command, state: State) => readonly Event[];
};
