import type { DomainEvent, Recorded } from './event.ts';

/** The documents of a projection as they are at one event. */
export type Documents<Doc> = {
  readonly get: (id: string) => Doc | undefined;
  /** Documents whose field has this value; the field must be listed in the projection's `fields`. */
  readonly where: (field: string, value: string | number | boolean) => readonly Doc[];
};

export type IndexedField = {
  /** A top-level field of the document holding a string, number, boolean or null. */
  readonly field: string;
  readonly type: 'text' | 'number' | 'boolean';
  /** False for a field that queries only use beside others: each index costs every write. */
  readonly indexed?: false;
};

/** The documents whose last listed field is null are not in it, and cost it nothing: for what queries ask only where it is there. */
export type SparseIndex = { readonly fields: readonly string[]; readonly sparse: true };

/**
 * Folds events into documents, purely. The runner loads the documents named by `keys`, folds, and stores what changed with the
 * checkpoint. Folds never delete: a document that is done with says so in a field.
 */
export type Projection<Doc extends object = object, Event extends DomainEvent = DomainEvent> = {
  /** Kebab case; also the name of the collection and of the checkpoint. */
  readonly name: string;
  /** Raise it when a fold changes meaning; the documents are then rebuilt at the next start. */
  readonly version: number;
  /** Categories of the streams it reads. */
  readonly categories: readonly string[];
  /** Fields that queries may filter and sort by. */
  readonly fields: readonly IndexedField[];
  /** Field lists that queries use together, leading field first; `position` may end one. A single field is indexed by itself. */
  readonly indexes?: readonly (readonly string[] | SparseIndex)[];
  /**
   * False if no query of many documents sorts by position without an index that ends in it. The default sort is by position;
   * without this index it reads all that fits.
   */
  readonly byPosition?: false;
  /** Ids of the documents this event may change; none means the event is of no interest. */
  readonly keys: (event: Recorded<Event>) => readonly string[];
  /**
   * Documents that nearly every event changes and few requests read are stored when nothing has changed them for 100 ms, and after a
   * second at the latest: else some 10 ms after they are folded. Who waits for what is stored is served as soon either way; who does
   * not reads what is that old, and a crash leaves that much to be folded again. Where several processes share the documents it
   * changes nothing.
   */
  readonly storedWithin?: 'second';
  /** The fold looks at other documents of the projection too. Its runner then holds all of them in memory: configuration only. */
  readonly relational?: boolean;
  /** The document after the event; `undefined` leaves it as it is (or absent). `documents` are those before the event. */
  readonly fold: (
    document: Doc | undefined,
    event: Recorded<Event>,
    key: string,
    documents: Documents<Doc>,
  ) => Doc | undefined;
};
