import { connect as connectTcp, isIP, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { buildConnector } from 'undici';
import type { AddressPolicy } from './address-policy.ts';
import { classify, ConnectFailure, dnsFailure } from './failure.ts';
import type { NameCache, ResolvedAddress } from './name-cache.ts';

/** The other end of one connection; `address` is the one tried last. */
export type Peer = { address?: string };

type Target = buildConnector.Options;
type Callback = buildConnector.Callback;

const seconds = (ms: number): string => `${ms / 1000} s`;

/**
 * Opens connections to checked addresses only. For each connection every address of the name's answer has to be allowed, and the
 * socket gets exactly these addresses, so a name that changes its mind afterwards changes nothing.
 */
export class Connector {
  constructor(
    private readonly policy: AddressPolicy,
    private readonly names: Pick<NameCache, 'lookUp'>,
    private readonly timeoutMs: number,
  ) {}

  /** A connector for undici, for one origin: it resumes the origin's TLS session. */
  forOrigin(): (target: Target, peer: Peer, done: Callback) => void {
    let session: Buffer | undefined;
    return (target, peer, done) => {
      const attempt = new ConnectAttempt(target, peer, this.timeoutMs, done);
      if (isIP(target.hostname) !== 0) {
        const literal = [{ address: target.hostname, family: isIP(target.hostname) }];
        if (this.#permits(literal, attempt)) attempt.open(literal, session, (fresh) => (session = fresh));
        return;
      }
      this.names.lookUp(target.hostname).then(
        (addresses) => {
          if (this.#permits(addresses, attempt)) attempt.open(addresses, session, (fresh) => (session = fresh));
        },
        (error: unknown) => attempt.fail(new ConnectFailure(dnsFailure(error))),
      );
    };
  }

  #permits(addresses: readonly ResolvedAddress[], attempt: ConnectAttempt): boolean {
    if (addresses.length === 0) {
      attempt.fail(new ConnectFailure({ errorClass: 'dns', message: 'The host name has no address.' }));
      return false;
    }
    for (const { address } of addresses) {
      const verdict = this.policy.check(address);
      if (verdict.allowed) continue;
      const message = `The host's address is not public: ${verdict.reason}.`;
      attempt.fail(new ConnectFailure({ errorClass: 'refused-address', message, address }));
      return false;
    }
    return true;
  }
}

/** One connection being made; calls back once, within the time allowed for resolving, connecting and the TLS handshake together. */
class ConnectAttempt {
  #socket: Socket | undefined;
  #done: Callback | undefined;
  readonly #timer: NodeJS.Timeout;

  constructor(
    private readonly target: Target,
    private readonly peer: Peer,
    timeoutMs: number,
    done: Callback,
  ) {
    this.#done = done;
    this.peer.address = undefined;
    this.#timer = setTimeout(() => this.#timedOut(timeoutMs), timeoutMs).unref();
  }

  open(
    addresses: readonly ResolvedAddress[],
    session: Buffer | undefined,
    keepSession: (session: Buffer) => void,
  ): void {
    if (this.#done === undefined) return;
    const secure = this.target.protocol === 'https:';
    this.peer.address = addresses[0]?.address;
    const failed = (error: unknown): void => this.fail(new ConnectFailure(classify(error, 'connecting', secure)));
    try {
      const socket = this.#connect(addresses, secure, session, keepSession);
      this.#socket = socket
        .once(secure ? 'secureConnect' : 'connect', () => this.#connected(socket))
        .on('error', failed);
    } catch (error) {
      failed(error);
    }
  }

  #connect(
    addresses: readonly ResolvedAddress[],
    secure: boolean,
    session: Buffer | undefined,
    keepSession: (session: Buffer) => void,
  ): Socket {
    const { hostname, port } = this.target;
    const options = {
      host: hostname,
      port: port === '' ? (secure ? 443 : 80) : Number(port),
      lookup: answering(addresses),
      autoSelectFamily: true,
      noDelay: true,
      keepAlive: true,
      keepAliveInitialDelay: 30_000,
    };
    if (!secure) return connectTcp(options);
    return connectTls({
      ...options,
      // Said here so that NODE_TLS_REJECT_UNAUTHORIZED cannot unsay it.
      rejectUnauthorized: true,
      ALPNProtocols: ['http/1.1'],
      ...(isIP(hostname) === 0 ? { servername: hostname.replace(/\.$/, '') } : {}),
      ...(session === undefined ? {} : { session }),
    }).on('session', keepSession);
  }

  fail(error: ConnectFailure): void {
    const done = this.#finish();
    if (done === undefined) return;
    if (error.failure.address !== undefined) this.peer.address = error.failure.address;
    this.#socket?.destroy();
    done(error, null);
  }

  #connected(socket: Socket): void {
    const done = this.#finish();
    if (done === undefined) return;
    this.peer.address = socket.remoteAddress ?? this.peer.address;
    done(null, socket);
  }

  #timedOut(timeoutMs: number): void {
    this.fail(
      new ConnectFailure(
        this.#socket === undefined
          ? { errorClass: 'dns', message: `The host name was not resolved within ${seconds(timeoutMs)}.` }
          : { errorClass: 'connect-timeout', message: `No connection was made within ${seconds(timeoutMs)}.` },
      ),
    );
  }

  #finish(): Callback | undefined {
    const done = this.#done;
    this.#done = undefined;
    clearTimeout(this.#timer);
    return done;
  }
}

/** A look-up that knows its answer, for `net.connect`. */
const answering =
  (addresses: readonly ResolvedAddress[]): LookupFunction =>
  (_hostname, options, callback) => {
    const [first] = addresses;
    if (options.all === true) callback(null, [...addresses]);
    else callback(null, first?.address ?? '', first?.family);
  };
