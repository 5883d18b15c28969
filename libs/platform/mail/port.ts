export type Mail = {
  /**
   * `local@domain` without angle brackets, in letters, digits and `._+=-`, at most 200 characters. The caller chooses it once and
   * repeats it with every attempt, so that a mail which arrives twice is seen to be one.
   */
  readonly messageId: string;
  /** One bare address, without a name. */
  readonly to: string;
  /** One line. */
  readonly subject: string;
  /** Line breaks of any kind arrive as line breaks. */
  readonly text: string;
  /** Empty for a mail of text alone. */
  readonly html: string;
};

/** `place` is the server, as host:port, or the file. */
export type Receipt = { readonly place: string };

/** Sends mails from the one address that it was opened with. */
export interface Mailer {
  /**
   * Resolves when the mail is handed over: the server has taken it, or it is on the disk. It may have been handed over all the
   * same when this rejects with `MailUnavailable`.
   * @throws {MailRefused} for good: repeating it makes no sense.
   * @throws {MailUnavailable} for now: it is to be repeated later.
   */
  send(mail: Mail): Promise<Receipt>;
  /** Finishes what was begun; what comes later is `MailUnavailable`. */
  close(): Promise<void>;
}

export const MAILER = Symbol('Mailer');

/** Of a mail that was handed over. `id` finds it; `at` is when it was, for the last time, in milliseconds since the epoch. */
export type MailSummary = {
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly at: number;
  /** Without angle brackets. */
  readonly messageId: string;
};
/** `html` is as it would be shown to whoever gets the mail: to be kept away from what shows it. */
export type KeptMail = MailSummary & { readonly text: string; readonly html: string | null };

export type MailPage = { readonly items: readonly MailSummary[]; readonly nextCursor: string | null };

/** Mails that were handed over to nobody but this installation. */
export interface MailOutbox {
  /**
   * Newest first.
   * @throws {Refusal} `invalid` on `cursor` for what is no `nextCursor`.
   */
  list(options: { limit: number; cursor?: string | undefined }): Promise<MailPage>;
  /** Undefined for an id that finds none. */
  read(id: string): Promise<KeptMail | undefined>;
}

/** Undefined where mails go to a server. */
export const MAIL_OUTBOX = Symbol('MailOutbox');

type Failure = { readonly reason?: string; readonly cause?: unknown };

/** `message` is for the operator, and may say where mails go. */
abstract class MailFailure extends Error {
  /** For anybody: what failed, and what the server answered, without the server or the file. */
  readonly reason: string;

  constructor(message: string, { reason = message, cause }: Failure = {}) {
    super(message, { cause });
    this.reason = reason;
  }
}

export class MailRefused extends MailFailure {
  override readonly name = 'MailRefused';
}

export class MailUnavailable extends MailFailure {
  override readonly name = 'MailUnavailable';
}
