import { categoryOfStream, Lately, START, type Recorded } from '../../kernel/index.ts';
import { WrongExpectedRevision, type AppendRequest } from '../port.ts';
import type { Appended, Appender } from './appender.ts';
import { isTimedOut, wrongExpectation } from './errors.ts';
import type { LiveTail } from './live-tail.ts';
import type { Reader } from './reader.ts';
import type { EncodedEvent } from './requests.ts';

/** Appends whose outcome is not known, to be remembered until they are repeated. */
const MOST_UNKNOWN = 10_000;

type Expected = number | 'no-stream';
type Answer = Promise<readonly Recorded[]>;

/** The port's appends in terms of the server's, which know no `any` that is safe to repeat, and answer the last position only. */
export class Appends {
  readonly #appender: Appender;
  readonly #reader: Reader;
  readonly #live: LiveTail;
  readonly #prefix: string;
  readonly #underway = new Map<string, Answer>();
  /** Until the append before is sent: set while one has to find out where its stream is. */
  #turn: Promise<void> | undefined;
  /** By the id of their first event. */
  readonly #unknown = new Lately<true>(MOST_UNKNOWN);
  #newest = START;

  constructor(appender: Appender, reader: Reader, live: LiveTail, prefix: string) {
    this.#appender = appender;
    this.#reader = reader;
    this.#live = live;
    this.#prefix = prefix;
  }

  append(request: AppendRequest): Answer {
    if (request.events.length === 0) return Promise.resolve([]);
    const encoded = encode(request);
    // The server leaves a repetition of what it is just writing without an answer.
    const key = JSON.stringify([request.stream, request.expected, ...encoded.map(({ id }) => id)]);
    const underway = this.#underway.get(key);
    if (underway) return underway;
    const { expected } = request;
    const answer =
      expected === 'any' || this.#turn ? this.#inTurn(request, encoded) : this.#send(request, expected, encoded);
    this.#underway.set(key, answer);
    const over = () => this.#underway.delete(key);
    answer.then(over, over);
    return answer;
  }

  #inTurn(request: AppendRequest, encoded: readonly EncodedEvent[]): Answer {
    const { promise: turn, resolve: sent } = Promise.withResolvers<void>();
    const before = this.#turn;
    this.#turn = turn;
    void turn.then(() => {
      if (this.#turn === turn) this.#turn = undefined;
    });
    return (async () => {
      await before;
      const { expected } = request;
      return expected === 'any' ? this.#anywhere(request, encoded, sent) : this.#send(request, expected, encoded, sent);
    })().finally(sent);
  }

  async #anywhere(request: AppendRequest, encoded: readonly EncodedEvent[], sent: () => void): Answer {
    for (;;) {
      const there = await this.#reader.stream(request.stream, 0);
      const standing = standingIn(there, request);
      if (standing) return standing;
      try {
        return await this.#send(request, there.at(-1)?.revision ?? 'no-stream', encoded, sent);
      } catch (error) {
        if (!(error instanceof WrongExpectedRevision)) throw error;
      }
    }
  }

  async #send(
    request: AppendRequest,
    expected: Expected,
    encoded: readonly EncodedEvent[],
    sent: () => void = () => undefined,
  ): Answer {
    const known = Math.max(this.#newest, this.#live.tail.last);
    const answer = this.#appender.append(`${this.#prefix}${request.stream}`, expected, encoded);
    sent();
    try {
      return await this.#recorded(request, await answer, known);
    } catch (error) {
      const actual = wrongExpectation(error);
      if (actual !== undefined) throw new WrongExpectedRevision(request.stream, request.expected, actual);
      const standing = isTimedOut(error) && (await this.#standing(request, expected));
      if (standing) return standing;
      this.#unknown.set(request.events[0]?.id ?? '', true);
      throw error;
    }
  }

  /** What was there before this append may have been recorded with other metadata: it is read, as are the positions of several. */
  async #recorded(request: AppendRequest, { revision, position }: Appended, known: number): Answer {
    const { stream, events, metadata } = request;
    this.#newest = Math.max(this.#newest, position);
    const [event] = events;
    const repeated = event && (position <= known || this.#unknown.get(event.id));
    if (!event || events.length > 1 || repeated) {
      return this.#reader.stream(stream, revision - events.length + 1, events.length);
    }
    const { type, data, id } = event;
    return [{ type, data, id, stream, category: categoryOfStream(stream), revision, position, metadata }];
  }

  /** Another process may have been writing the same, which the server does not answer either. */
  async #standing(request: AppendRequest, expected: Expected): Promise<readonly Recorded[] | undefined> {
    const from = expected === 'no-stream' ? 0 : expected + 1;
    return standingIn(await this.#reader.stream(request.stream, from, request.events.length), request);
  }
}

function standingIn(there: readonly Recorded[], { events }: AppendRequest): readonly Recorded[] | undefined {
  const from = there.findIndex(({ id }) => id === events[0]?.id);
  if (from < 0 || !events.every(({ id }, index) => there[from + index]?.id === id)) return undefined;
  return there.slice(from, from + events.length);
}

/** Throws what JSON.stringify throws. */
function encode({ events, metadata }: AppendRequest): readonly EncodedEvent[] {
  const encodedMetadata = Buffer.from(JSON.stringify(metadata));
  return events.map(({ id, type, data }) => {
    return { id, type, data: Buffer.from(JSON.stringify(data)), metadata: encodedMetadata };
  });
}
