/** A fact, named in the past tense. Plain data: it comes back from storage as JSON. */
export type DomainEvent<Type extends string = string, Data extends object = object> = {
  readonly type: Type;
  readonly data: Readonly<Data>;
};

export type EventMetadata = {
  /** Milliseconds since the epoch, by the Clock port. */
  readonly at: number;
  readonly actor: string;
  readonly traceId: string;
};

/** Where an event stands in the order of the whole store. Only ever compared; never reused. */
export type Position = number;
/** Before the first event: reading `after` it reads everything. */
export const START: Position = -1;

/** An event as the store gives it back. */
export type Recorded<E extends DomainEvent = DomainEvent> = E & {
  readonly id: string;
  /** `<category>-<id>`, without the installation's prefix. */
  readonly stream: string;
  readonly category: string;
  /** Counts from 0 within the stream. */
  readonly revision: number;
  readonly position: Position;
  readonly metadata: EventMetadata;
};

/** The part of a stream name before its first hyphen. */
export const categoryOfStream = (stream: string): string => stream.slice(0, stream.indexOf('-'));
