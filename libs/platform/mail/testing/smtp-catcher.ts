import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer } from 'smtp-server';
import { selfSigned } from './self-signed.ts';

export type Caught = {
  readonly raw: Buffer;
  readonly from: string;
  readonly to: readonly string[];
  readonly secure: boolean;
  /** Empty for a client that did not say who it is. */
  readonly user: string;
};

export type CatcherOptions = {
  /** 0, and so any free one, unless given. */
  readonly port?: number;
  readonly tls?: 'none' | 'starttls' | 'from the start';
  /** Nobody else may send. */
  readonly user?: { readonly name: string; readonly password: string };
};

type Answer = { readonly code: number; readonly text: string };

/** A real SMTP server on the loopback interface. It keeps what it takes, and answers as it is told. */
export class SmtpCatcher {
  readonly caught: Caught[] = [];
  /** Connections accepted so far. */
  connections = 0;
  /** How often anybody said who they are. */
  logins = 0;
  readonly #server: SMTPServer;
  readonly #answers = new Map<string, Answer>();
  #held: (() => Promise<void>) | undefined;

  private constructor({ tls = 'none', user }: CatcherOptions) {
    this.#server = new SMTPServer({
      ...selfSigned,
      secure: tls === 'from the start',
      disabledCommands: [...(tls === 'none' ? ['STARTTLS'] : []), ...(user === undefined ? ['AUTH'] : [])],
      closeTimeout: 1,
      disableReverseLookup: true,
      onConnect: (_, done) => {
        this.connections += 1;
        done();
      },
      onAuth: ({ username, password }, _, done) => {
        this.logins += 1;
        if (username === user?.name && password === user?.password) return done(null, { user: username });
        done(Object.assign(new Error('5.7.8 Who are you?'), { responseCode: 535 }));
      },
      onMailFrom: ({ address }, _, done) => done(this.#answerTo(address)),
      onRcptTo: ({ address }, _, done) => done(this.#answerTo(address)),
      onData: (stream, session, done) => {
        const take = async () => {
          const raw = await buffer(stream);
          await this.#held?.();
          const { mailFrom, rcptTo } = session.envelope;
          const refusal = this.#answerTo('DATA');
          if (refusal !== null) throw refusal;
          this.caught.push({
            raw,
            from: mailFrom === false ? '' : mailFrom.address,
            to: rcptTo.map(({ address }) => address),
            secure: session.secure,
            user: typeof session.user === 'string' ? session.user : '',
          });
        };
        take().then(() => done(), done);
      },
    });
    // A client that hangs up is none of its business.
    this.#server.on('error', () => undefined);
  }

  static async start(options: CatcherOptions = {}): Promise<SmtpCatcher> {
    const catcher = new SmtpCatcher(options);
    catcher.#server.listen(options.port ?? 0, '127.0.0.1');
    await once(catcher.#server.server, 'listening');
    return catcher;
  }

  get port(): number {
    return (this.#server.server.address() as AddressInfo).port;
  }

  /** Of smtp:, without credentials. */
  get url(): string {
    return `smtp://127.0.0.1:${this.port}`;
  }

  /** From now on: to a sender, to a recipient, or to DATA. */
  answer(to: string, code: number, text: string): void {
    this.#answers.set(to, { code, text });
  }

  takeAgain(): void {
    this.#answers.clear();
  }

  /** Runs before each mail is taken. */
  hold(until: () => Promise<void>): void {
    this.#held = until;
  }

  /** Hangs up on everybody, without a word. */
  async hangUp(): Promise<void> {
    const sockets = [...this.#server.connections].map(({ _socket: socket }) => socket);
    const closed = sockets.map((socket) => once(socket, 'close'));
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.close(resolve));
  }

  #answerTo(whom: string): (Error & { responseCode: number }) | null {
    const answer = this.#answers.get(whom);
    return answer === undefined ? null : Object.assign(new Error(answer.text), { responseCode: answer.code });
  }
}
