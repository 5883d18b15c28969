import type { Dispatcher } from 'undici';
import type { Peer } from './connector.ts';
import { classify, type Failure } from './failure.ts';
import type { OutboundAnswer } from './outbound-answer.ts';

export type ExchangeLimits = {
  readonly totalTimeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly keptAnswerBytes: number;
};

/** Told to undici when a request is given up; never shown. */
const GIVEN_UP = new Error('The request was given up.');

/**
 * One request and its answer, as undici's handler. It settles exactly once: by the end of the body, an error, the deadline, the
 * length limit or the caller's signal, whichever comes first, and whether or not undici has begun with the request by then.
 */
export class Exchange implements Dispatcher.DispatchHandler {
  /** Whose connection it is on, or will be when that is made. */
  peer: Peer | undefined;
  readonly #startedAt = performance.now();
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #settled = false;
  #statusCode = 0;
  #retryAfter: string | undefined;
  #kept: Buffer | undefined;
  #received = 0;

  constructor(
    private readonly secure: boolean,
    private readonly limits: ExchangeLimits,
    private readonly signal: AbortSignal | undefined,
    private readonly resolve: (answer: OutboundAnswer) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    this.#timer = setTimeout(this.#onDeadline, limits.totalTimeoutMs).unref();
    signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  get settled(): boolean {
    return this.#settled;
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // The deadline may have passed while the connection was being made: nothing is sent that nobody waits for. Thrown, not
    // aborted, because an abort would close the connection.
    if (this.#settled) throw GIVEN_UP;
    this.#controller = controller;
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    statusCode: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    if (statusCode < 200) return;
    this.#statusCode = statusCode;
    const retryAfter = headers['retry-after'];
    this.#retryAfter = Array.isArray(retryAfter) ? retryAfter[0] : retryAfter;
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    const room = this.limits.keptAnswerBytes - (this.#kept?.length ?? 0);
    if (room > 0) {
      const piece = chunk.length > room ? chunk.subarray(0, room) : chunk;
      this.#kept = this.#kept === undefined ? piece : Buffer.concat([this.#kept, piece]);
    }
    this.#received += chunk.length;
    if (this.#received > this.limits.maxAnswerBytes) {
      this.resolve(this.#answered());
      this.#controller?.abort(GIVEN_UP);
    }
  }

  onResponseEnd(): void {
    if (this.#settled) return;
    const answer = this.#answered();
    // undici frees the connection in an immediate that it sets after this call. A caller told earlier would find the connection
    // busy and open another for its next request.
    queueMicrotask(() => setImmediate(this.resolve, answer));
  }

  onResponseError(_controller: Dispatcher.DispatchController | null, error: Error): void {
    this.#failed(classify(error, this.#controller === undefined ? 'connecting' : 'exchanging', this.secure));
  }

  readonly #onDeadline = (): void => {
    this.#failed({ errorClass: 'timeout', message: this.#lateness(`within ${this.limits.totalTimeoutMs / 1000} s`) });
  };

  #lateness(within: string): string {
    if (this.peer === undefined) return `No connection to the receiver became free ${within}.`;
    if (this.#controller === undefined) return `No connection was made ${within}.`;
    if (this.#statusCode === 0) return `The receiver did not answer ${within}.`;
    return `The receiver began to answer with status ${this.#statusCode} but did not finish ${within}.`;
  }

  readonly #onAbort = (): void => {
    if (!this.#settle()) return;
    this.#controller?.abort(GIVEN_UP);
    this.reject(this.signal?.reason);
  };

  #answered(): OutboundAnswer {
    this.#settle();
    const truncated = this.#received > (this.#kept?.length ?? 0);
    return {
      kind: 'answered',
      statusCode: this.#statusCode,
      ...(this.#retryAfter === undefined ? {} : { retryAfter: this.#retryAfter }),
      answer: this.#kept === undefined ? '' : decode(this.#kept, truncated),
      answerTruncated: truncated,
      address: this.peer?.address ?? '',
      durationMs: this.#elapsed(),
    };
  }

  #failed({ errorClass, message }: Failure): void {
    if (!this.#settle()) return;
    this.#controller?.abort(GIVEN_UP);
    const address = this.peer?.address;
    this.resolve({
      kind: 'failed',
      errorClass,
      message,
      ...(address === undefined ? {} : { address }),
      durationMs: this.#elapsed(),
    });
  }

  #settle(): boolean {
    if (this.#settled) return false;
    this.#settled = true;
    clearTimeout(this.#timer);
    this.signal?.removeEventListener('abort', this.#onAbort);
    return true;
  }

  #elapsed(): number {
    return Math.round(performance.now() - this.#startedAt);
  }
}

const utf8 = new TextDecoder();

/** `cut` text may end inside a character, which is then left out. */
const decode = (bytes: Buffer, cut: boolean): string =>
  (cut ? new TextDecoder().decode(bytes, { stream: true }) : utf8.decode(bytes)).replaceAll('\0', '\uFFFD');
