import { decideAndAppend, type EventStore } from '../../../platform/event-store/index.ts';
import type { Clock, CommandMetadata, Ids, Instant, Recorded } from '../../../platform/kernel/index.ts';
import { handOver, type Mailer } from '../../../platform/mail/index.ts';
import { insist } from '../../../platform/processing/index.ts';
import type { Logger } from '../../../platform/runtime/index.ts';
import { messageIdOf } from '../notice/message-id.ts';
import { RecordSending, SkipNotice } from '../notice/notice.commands.ts';
import { notice, type Notice } from '../notice/notice.decider.ts';
import type { NoticeEvent } from '../notice/notice.events.ts';
import type { NoticeToSend } from './notice-letter.ts';
import { noticeMail } from './notice-mail.ts';
import type { PresentFacts } from './present-facts.ts';

/** A mail that is sent this soon says what was so when it became due; a later one, what still is. */
const PROMPT_MS = 60_000;

export type ErrandParts = {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly mailer: Mailer;
  readonly mailFrom: string;
  readonly publicUrl: string;
  readonly facts: PresentFacts;
  /** @throws while another process may be sending. */
  readonly mayBegin: () => void;
};

type Owed = { readonly notice: Notice; readonly dueAt: Instant; readonly traceId: string };
type Judged = { readonly skip: SkipNotice['data']['reason'] } | { readonly send: NoticeToSend };

/** Brings one notice after the other a step further: sends it, or skips what nobody wants any more, and records that. */
export class NoticeErrands {
  constructor(private readonly parts: ErrandParts) {}

  /**
   * The notice's stream is asked, and not the documents: what is recorded is not sent again. What fails here is tried again, and a mail
   * that was handed over is not sent again because that could not be recorded. Resolves with when it is due next, null for never.
   * @throws when it is stopped before it has come to anything.
   */
  async run(noticeId: string, stopping: AbortSignal): Promise<Instant | null> {
    const insisting = <T>(step: () => Promise<T>) => insist(step, stopping, this.parts.logger, { noticeId });
    const owed = await insisting(() => this.#read(noticeId));
    if (!owed || owed.dueAt > this.parts.clock.now()) return owed?.dueAt ?? null;
    const judged = await insisting(() => this.#judge(owed));
    const command = 'skip' in judged ? this.#skip(owed, judged.skip) : await this.#send(owed, judged.send);
    return insisting(() => this.#record(command));
  }

  async #read(noticeId: string): Promise<Owed | undefined> {
    const history = (await this.parts.store.readStream(streamOf(noticeId))) as readonly Recorded<NoticeEvent>[];
    const state = history.reduce(notice.evolve, notice.initialState());
    const [due] = history;
    if (!due || state?.status !== 'pending') return undefined;
    return { notice: state, dueAt: state.nextAttemptAt ?? due.metadata.at, traceId: due.metadata.traceId };
  }

  /** What is to be sent, as things are now. */
  async #judge(owed: Owed): Promise<Judged> {
    const of = owed.notice;
    const { facts, clock, mayBegin } = this.parts;
    const version = await facts.version(of.version);
    const affected = this.#isPrompt(owed) ? of : await facts.affected(of);
    const isWithdrawal = of.milestone === 'withdrawal';
    const told = isWithdrawal ? await facts.lastSent(of) : undefined;
    mayBegin();
    if (clock.now() >= (of.staleAt ?? Infinity)) return { skip: 'overtaken' };
    if (!isWithdrawal && version?.calendar?.expiresAt !== of.expiresAt) return { skip: 'void' };
    if (isWithdrawal && (!told || told.milestone === 'withdrawal')) return { skip: 'untold' };
    if (affected.webhookCount === 0) return { skip: 'moved' };
    // Of a date that was postponed not everybody is told before it is taken back.
    return { send: { ...of, ...affected, expiresAt: told?.expiresAt ?? of.expiresAt } };
  }

  #isPrompt({ notice: { attempts }, dueAt }: Owed): boolean {
    return attempts === 0 && this.parts.clock.now() < dueAt + PROMPT_MS;
  }

  async #send(owed: Owed, toSend: NoticeToSend): Promise<RecordSending> {
    const { mailer, mailFrom, publicUrl, logger } = this.parts;
    const { noticeId, address: to } = owed.notice;
    const mail = () => ({ messageId: messageIdOf(noticeId, mailFrom), to, ...noticeMail(toSend, publicUrl) });
    const outcome = await handOver(mailer, mail, logger, { noticeId });
    return new RecordSending({ noticeId, outcome }, this.#metadata(owed, outcome.is));
  }

  #skip(owed: Owed, reason: SkipNotice['data']['reason']): SkipNotice {
    return new SkipNotice({ noticeId: owed.notice.noticeId, reason }, this.#metadata(owed, 'skipped'));
  }

  /** An append that is repeated, since nobody knows what became of it, counts once. */
  #metadata({ notice: { attempts }, traceId }: Owed, step: string): CommandMetadata {
    return { at: this.parts.clock.now(), actor: 'system', traceId, idempotencyKey: `${attempts}:${step}` };
  }

  async #record(command: RecordSending | SkipNotice): Promise<Instant | null> {
    const { store, ids } = this.parts;
    const { state } = await decideAndAppend(store, ids, notice, streamOf(command.data.noticeId), command);
    return state?.nextAttemptAt ?? null;
  }
}

const streamOf = (noticeId: string): string => `${notice.category}-${noticeId}`;
