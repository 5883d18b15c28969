import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Principal } from '../../../platform/http/index.ts';
import type { Clock, CommandMetadata, Ids } from '../../../platform/kernel/index.ts';
import { PLATFORM_STREAMS, type Consumption, type PlatformStreams } from '../../../platform/platform-streams/index.ts';
import { Backoff, CLOCK, IDS, LOGGER, type Logger } from '../../../platform/runtime/index.ts';
import { WORKSPACE_DIRECTORY, type WorkspaceDirectory } from '../../identity/contract.ts';
import { ParkedEvents } from '../parked-event/parked-events.ts';
import { IntakeQueue, type Held } from './intake-queue.ts';
import { MessageIntake, type Refused, type Verdict } from './message-intake.ts';

const ACTOR = 'ingestion';
type Judged<V extends Verdict = Verdict> = { readonly held: Held; readonly verdict: V };

/**
 * Takes in what the platform writes to its own streams. A message is done with once its event is durable, or is parked; whatever ends
 * the process before, it comes again, here or in another process. While the installation takes nothing, it waits with what it has.
 */
@Injectable()
export class Ingestion {
  #queue = new IntakeQueue();
  #consumption: Consumption | undefined;
  #stopping = new AbortController();
  #done: Promise<void> = Promise.resolve();
  #wake: () => void = () => undefined;

  constructor(
    @Optional() @Inject(PLATFORM_STREAMS) private readonly streams: PlatformStreams | undefined,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(WORKSPACE_DIRECTORY) private readonly directory: WorkspaceDirectory,
    private readonly intake: MessageIntake,
    private readonly parkedEvents: ParkedEvents,
  ) {}

  /** Does nothing where no streams are configured. */
  start(): void {
    if (this.#consumption || !this.streams) return;
    const queue = new IntakeQueue();
    this.#queue = queue;
    this.#stopping = new AbortController();
    this.#done = this.#run(this.#stopping.signal);
    this.#consumption = this.streams.consume(
      (message) =>
        new Promise((done) => {
          queue.add({ message, done });
          this.#wake();
        }),
    );
  }

  /** Resolves when what is being taken in is done with; the rest is left to others. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake();
    await this.#done;
    await this.#consumption?.stop();
    this.#consumption = undefined;
  }

  async #run(stopping: AbortSignal): Promise<void> {
    const backoff = new Backoff();
    while (!stopping.aborted) {
      const batch = this.#queue.next(performance.now());
      if (batch.length === 0) {
        await this.#pause();
        continue;
      }
      const failure = await this.#takeIn(batch).catch((error: unknown) => {
        // What was done already is a duplicate when it is taken again.
        this.#queue.putBack(batch);
        return error;
      });
      if (failure === undefined) backoff.reset();
      else {
        this.logger.warn({ err: failure, messages: batch.length }, 'ingestion has to wait');
        await backoff.wait(stopping).catch(() => undefined);
      }
    }
  }

  /** The answer is what keeps the installation from taking anything, if something does; then all that is not done has been put back. */
  async #takeIn(batch: readonly Held[]): Promise<unknown> {
    const traceId = this.ids.uuid().replaceAll('-', '');
    const metadata: CommandMetadata = { at: this.clock.now(), actor: ACTOR, traceId };
    const messages = batch.map(({ message }) => message);
    const verdicts = await this.intake.take(messages, this.#principal(), metadata);
    const judged = batch.map((held, index): Judged => ({ held, verdict: verdicts[index] ?? { status: 'untried' } }));
    for (const { held, verdict } of judged) if (verdict.status === 'taken') held.done();
    const later = judged.filter(({ verdict }) => verdict.status === 'untried' || verdict.status === 'unavailable');
    this.#queue.putBack(later.map(({ held }) => held));
    const refused = judged.filter((each): each is Judged<Refused> => each.verdict.status === 'refused');
    const waiting = refused.filter(({ verdict }) => ['unknown-workspace', 'failed'].includes(verdict.reason));
    const overdue = new Set(
      this.#queue.delay(
        waiting.map(({ held }) => held),
        performance.now(),
      ),
    );
    const parked = refused.filter((each) => !waiting.includes(each) || overdue.has(each.held));
    const failures = (await Promise.all(parked.map((each) => this.#park(each, metadata)))).filter((error) => error);
    const unavailable = later.flatMap(({ verdict }) => ('error' in verdict ? [verdict.error] : []));
    return [...unavailable, ...failures].at(0);
  }

  /** The answer is why it could not be, in which case it has been put back. */
  async #park({ held, verdict }: Judged<Refused>, metadata: CommandMetadata): Promise<unknown> {
    try {
      await this.parkedEvents.park(held.message, verdict, metadata);
    } catch (error) {
      this.#queue.putBack([held]);
      return error;
    }
    const { stream, revision } = held.message;
    this.logger.warn({ stream, revision, reason: verdict.reason, traceId: metadata.traceId }, 'platform event parked');
    held.done();
    return undefined;
  }

  /** Reaches whatever there is. */
  #principal(): Principal {
    return {
      actor: ACTOR,
      workspaceId: this.directory.rootId(),
      scopes: new Set(),
      reaches: (workspaceId) => this.directory.get(workspaceId) !== undefined,
      reach: () => 'everything',
    };
  }

  /** Until there is something to be tried. */
  async #pause(): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const due = this.#queue.nextDue();
    await new Promise<void>((resolve) => {
      const timer = due === undefined ? undefined : setTimeout(resolve, Math.max(0, due - performance.now()));
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}
