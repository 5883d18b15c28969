import type { Position } from '../../kernel/event.ts';
import type { ExpectedRevision } from '../port.ts';

/** An append with its parts already as the text that is stored, so that it can go to another thread. */
export type Append = {
  readonly stream: string;
  readonly expected: ExpectedRevision;
  readonly metadata: string;
  readonly events: readonly AppendedEvent[];
};
export type AppendedEvent = { readonly type: string; readonly id: string; readonly data: string };

export type Answer =
  /** Of the first event; those after it follow on. */
  | { readonly position: Position; readonly revision: number }
  /** Exactly these events were there already, from this revision on. */
  | { readonly repeated: number }
  /** The stream is at this revision instead; -1 when there is none. */
  | { readonly actual: number };

export interface Writer {
  /**
   * Commits all of these, in order, and answers each. Called again only when that is answered.
   * @throws {Error} when nothing of it is stored; {WriterEnded} when that is not known.
   */
  commit(appends: readonly Append[]): Promise<readonly Answer[]>;
  close(): Promise<void>;
}

export class WriterEnded extends Error {
  override readonly name = 'WriterEnded';
}
