import { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { problemOf, retryAfterOf, type JsonLine, type Principal } from '../../../platform/http/index.ts';
import { Refusal, type Clock, type CommandMetadata } from '../../../platform/kernel/index.ts';
import { CLOCK, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { Door } from './door.ts';
import type { PublishedItem } from './published-event.ts';

type Lines = AsyncIterable<readonly JsonLine[]>;
/** The answers of a batch, a line each, as far as it was taken, and why no further. */
type Taken = { readonly text: string; readonly failure?: Error };

/** Takes events a line at a time, for as long as they come. A batch is read when the answers to the one before were taken away. */
@Injectable()
export class EventStream {
  constructor(
    private readonly door: Door,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  /**
   * The answers, as lines of JSON. The last line is a problem if something ended the stream before its end.
   * @throws what ends it before the first answer.
   */
  async take(lines: Lines, callerNow: () => Promise<Principal>, metadata: CommandMetadata): Promise<Readable> {
    await this.door.ask();
    const answers = this.#answers(lines, callerNow, metadata);
    const first = await answers.next();
    if (first.done) throw new Refusal('invalid', 'The body has no events.');
    return Readable.from(this.#goOn(first.value, answers, metadata.traceId));
  }

  async *#goOn(first: string, answers: AsyncGenerator<string>, traceId: string): AsyncGenerator<string> {
    yield first;
    try {
      yield* answers;
    } catch (error) {
      const problem = problemOf(error, traceId, this.logger);
      const retry = problem.status === 503 ? { retryAfter: retryAfterOf(error) } : {};
      yield `${JSON.stringify({ ...problem, ...retry })}\n`;
    }
  }

  async *#answers(
    lines: Lines,
    callerNow: () => Promise<Principal>,
    metadata: CommandMetadata,
  ): AsyncGenerator<string> {
    for await (const batch of lines) {
      const caller = await callerNow();
      const { text, failure } = await this.#take(batch, caller, { ...metadata, at: this.clock.now() });
      if (text !== '') yield text;
      if (failure !== undefined) throw failure;
    }
  }

  async #take(batch: readonly JsonLine[], caller: Principal, metadata: CommandMetadata): Promise<Taken> {
    const values = batch.flatMap((line) => ('value' in line ? [line.value] : []));
    const outcomes = values.length > 0 ? await this.door.takeEach(values, caller, metadata) : [];
    let [text, next] = ['', 0];
    for (const line of batch) {
      const outcome = 'fault' in line ? unreadable(line.fault) : outcomes[next++];
      if (outcome?.status !== 'fulfilled') return { text, failure: outcome?.reason as Error };
      text += `${JSON.stringify(outcome.value)}\n`;
    }
    return { text };
  }
}

const unreadable = (fault: string): PromiseSettledResult<PublishedItem> => ({
  status: 'fulfilled',
  value: { id: null, status: 'invalid', errors: [{ field: '', message: fault }] },
});
