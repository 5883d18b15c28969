import type { Position, Projection } from '../kernel/index.ts';

export type Value = string | number | boolean | null;

/**
 * A condition on `id`, `position` or a field listed in the projection. All conditions of a query must hold. Text is compared by
 * code point. A field that is absent counts as null throughout.
 */
export type Condition =
  | { readonly field: string; readonly eq: Value }
  | { readonly field: string; readonly in: readonly Value[] }
  /** A bound that is not given does not restrict; null is within no bound, and nothing is within a bound of null. */
  | { readonly field: string; readonly gt?: Value; readonly gte?: Value; readonly lt?: Value; readonly lte?: Value }
  /** Whether the field is something other than null. */
  | { readonly field: string; readonly exists: boolean }
  /**
   * Text that has this somewhere in it, character for character; '' is in every text. No index serves it: the others have to leave few
   * to look at. Who searches in any case stores the text in lower case.
   */
  | { readonly field: string; readonly contains: string };

export type Query = {
  readonly where?: readonly Condition[];
  /** Defaults to newest first: `position`, descending. Ties are broken by id, in the same direction. Nulls sort lowest. */
  readonly sort?: { readonly field: string; readonly direction: 'asc' | 'desc' };
  /** 1 to 1,000; 50 by default. */
  readonly limit?: number;
  /** A `nextCursor` of the same query; bounds that follow the clock may have moved on. */
  readonly cursor?: string;
  /**
   * How many to leave out first, for those who page by number: a whole number, 0 with a cursor. Reading costs what is skipped, and
   * changes between pages move them.
   */
  readonly skip?: number;
  /**
   * Of a number that is sorted by, descending: documents below it are not looked at, and `nextCursor`, when no more are at or above
   * it, is where those below begin, whether or not there are any. What few documents fit is so read piece by piece.
   */
  readonly downTo?: number;
};

export type Page<Doc> = { readonly items: readonly Stored<Doc>[]; readonly nextCursor: string | null };

/** `position` is that of the last event folded into the document. */
export type Stored<Doc> = { readonly id: string; readonly position: Position; readonly document: Doc };

/** The documents of one projection. */
export interface Collection<Doc extends object> {
  get(id: string): Promise<Stored<Doc> | undefined>;
  /** Those that exist, in no particular order. */
  getMany(ids: readonly string[]): Promise<readonly Stored<Doc>[]>;
  /**
   * A page continues after the last item's sort value and id, so changes between pages make it neither skip nor repeat what stood
   * still.
   * @throws {Refusal} `invalid` on `cursor` for a cursor of another collection or sort, and on `limit` and `skip`.
   * @throws {TypeError} for a field that is not declared, or is compared with another type than its own, for skipping after a cursor,
   * and for `downTo` with another sort.
   */
  find(query: Query): Promise<Page<Doc>>;
  /** How many fit, or `atMost` (a whole number) if there are more: it then counts no further. */
  count(where?: readonly Condition[], atMost?: number): Promise<number>;
  /** The position up to which events are folded in; START when new. */
  checkpoint(): Promise<Position>;
  /**
   * Stores documents and the checkpoint. A document is written only if the stored one has a lower position, so repeating a batch,
   * or a late writer, changes nothing. The checkpoint never claims more than what is stored,
   * and never goes back.
   * @throws {TypeError} for a document whose declared field holds another type; nothing is stored.
   */
  commit(documents: readonly Stored<Doc>[], checkpoint: Position): Promise<void>;
}

export interface ReadModel {
  /** The documents that are served. Creates what is missing; `stale` is true if they were made by another projection version. */
  live<Doc extends object>(projection: Projection<Doc, never>): Promise<Collection<Doc> & { readonly stale: boolean }>;
  /** A second, empty set, to be filled while the live one goes on being served. What an abandoned rebuild left is dropped. */
  rebuild<Doc extends object>(projection: Projection<Doc, never>): Promise<Collection<Doc>>;
  /** Makes the rebuilt set the live one, at once for every holder of the live collection, and drops the old one. Rejects when there is none. */
  swap(name: string): Promise<void>;
  close(): Promise<void>;
}

/** The server that keeps the documents cannot be reached at this moment. What was called may have been carried out; it may be called again. */
export class ReadModelUnavailable extends Error {
  override readonly name = 'ReadModelUnavailable';
}

export const READ_MODEL = Symbol('ReadModel');
