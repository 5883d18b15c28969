import type { SqlValue } from './query-sql.ts';

export type Index = {
  readonly name: string;
  readonly columns: readonly string[];
  /** It holds only the rows in which this column is not null. */
  readonly present?: string;
};
/** What a collection's table has to have. */
export type Shape = {
  readonly name: string;
  readonly version: number;
  readonly fields: readonly { readonly field: string; readonly column: string }[];
  readonly indexes: readonly Index[];
};

/** Documents as plain rows: `id`, `position`, the columns in their order, the document as JSON; one row after the other. */
export type Commit = {
  readonly kind: 'commit';
  readonly name: string;
  /** The set to write to; `live` is the one that is served when the commit's turn comes. */
  readonly set: number | 'live';
  readonly columns: readonly string[];
  readonly rows: readonly SqlValue[];
  readonly checkpoint: number;
};

export type SchemaChange =
  /** Makes the served set, or fits the one there is. Answers it. */
  | { readonly kind: 'open'; readonly shape: Shape }
  /** Makes a set to be filled, in place of one that was abandoned. Answers it. */
  | { readonly kind: 'rebuild'; readonly shape: Shape }
  /** Serves the rebuilt set and answers it; the one served before is kept, for those who are reading it. */
  | { readonly kind: 'swap'; readonly name: string }
  /** Drops what is neither served nor being rebuilt. */
  | { readonly kind: 'tidy'; readonly name: string };

export type Request = Commit | SchemaChange;
export type SetRow = { readonly generation: number; readonly version: number };

/** Takes requests one after the other; each is done as a whole or not at all. */
export interface Writer {
  commit(commit: Commit): Promise<void>;
  change(change: SchemaChange): Promise<SetRow | undefined>;
  /** After what was asked before it. */
  close(): Promise<void>;
}
