/** An event of the platform's own, as a stream of its event store holds it. */
export type PlatformMessage = {
  /** UUID. Unique in its stream; streams that copy from each other may share it. */
  readonly id: string;
  readonly stream: string;
  /** Counts from 0 within the stream. Stream and revision name the message for ever. */
  readonly revision: number;
  readonly type: string;
  /** Undefined where the message has something else than a JSON object. */
  readonly data: JsonObject | undefined;
  readonly metadata: JsonObject | undefined;
  /** When it was appended, in milliseconds since the epoch. */
  readonly createdAt: number;
};
export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * What becomes of a message. Once resolved, it does not come again, unless the store loses that answer; while it is pending the
 * store waits, and sends no more than it has room for. Rejected, it comes again after a pause.
 */
export type MessageHandler = (message: PlatformMessage) => Promise<void>;

/** Taking messages in, until it is stopped. */
export type Consumption = {
  /** Resolves when what was handled is acknowledged; what is pending is left to other consumers at once. */
  readonly stop: () => Promise<void>;
};

/** The streams that the platform's modules write, as far as an installation takes them in. */
export interface PlatformStreams {
  /** What keeps messages from coming in at this moment, as far as it has noticed. It goes on trying by itself. */
  readonly failure: Error | undefined;
  /**
   * Hands over each message of the configured streams at least once, to one of all the consumers of the installation, from the
   * newest one on that was there when it was asked for the first time. Messages of a stream come in their order, except when one
   * comes again and while consumers come and go.
   */
  consume(handle: MessageHandler): Consumption;
  /** Undefined where there is no such message (any more). */
  read(stream: string, revision: number): Promise<PlatformMessage | undefined>;
  close(): Promise<void>;
}

export const PLATFORM_STREAMS = Symbol('PlatformStreams');
