import type { AnyCommand } from './command.ts';
import type { DomainEvent, Recorded } from './event.ts';
import type { Documents, Projection } from './projection.ts';

/**
 * A durable, checkpointed process: an event comes in, commands go out. Its checkpoint moves after its commands are done, so after
 * a crash it may react to an event again; commands must be harmless when repeated.
 */
export type Saga<Event extends DomainEvent = DomainEvent, Doc extends object = object> = {
  readonly name: string;
  readonly categories: readonly string[];
  /** The saga's memory: folded by the saga itself, in the same order and at the same pace as it reacts. */
  readonly documents?: Projection<Doc, Event>;
  /** The commands of a batch go to different streams and in no particular order, so they may share commits. */
  readonly parallel?: boolean;
  readonly react: (event: Recorded<Event>, documents: Documents<Doc>) => readonly AnyCommand[];
};
