import { createTransport } from 'nodemailer';
import { mailer } from '../mailer.ts';
import type { Mailer } from '../port.ts';
import { failureOf } from './failure.ts';
import { readSmtpUrl } from './smtp-url.ts';

export type SmtpMailerOptions = {
  /** smtp:// or smtps://, with credentials if the server asks for them. */
  readonly smtpUrl: string;
  readonly mailFrom: string;
  /** All the time a mail may take, and the wait for a free connection with it; 60,000 unless given. */
  readonly deadlineMs?: number;
};

const DEADLINE_MS = 60_000;
const CONNECTIONS = 5;
/** Shares of the deadline: an address that does not answer leaves time to be told from a server that is slow. */
const CONNECT = 0.25;
const SILENCE = 0.5;

/**
 * Sends through one server, over a few connections that are kept. Certificates are verified.
 * @throws {TypeError} for a URL of another form, or a sender that is no address.
 */
export function openSmtpMailer({ smtpUrl, mailFrom, deadlineMs = DEADLINE_MS }: SmtpMailerOptions): Mailer {
  const server = readSmtpUrl(smtpUrl);
  const place = `${server.host}:${server.port}`;
  const transport = createTransport({
    ...server,
    pool: true,
    maxConnections: CONNECTIONS,
    // A kept connection may be gone when it is needed: nothing was said on it yet, so another one is tried.
    maxRequeues: 1,
    dnsTimeout: deadlineMs * CONNECT,
    connectionTimeout: deadlineMs * CONNECT,
    greetingTimeout: deadlineMs * CONNECT,
    socketTimeout: deadlineMs * SILENCE,
    tls: { rejectUnauthorized: true },
    logger: false,
  });
  return mailer(mailFrom, {
    handOver: async (message) => {
      // A server that sends a byte now and then is never silent.
      const deadline = AbortSignal.timeout(deadlineMs);
      try {
        await transport.sendMail({ ...message, signal: deadline });
      } catch (error) {
        throw failureOf(error, server);
      }
      return { place };
    },
    end: () => transport.close(),
  });
}
