export type SmtpServer = {
  readonly host: string;
  readonly port: number;
  /** TLS from the first byte. Otherwise STARTTLS is used where it is offered. */
  readonly secure: boolean;
  /** No STARTTLS, no mail: what is secret does not leave this machine in the clear. */
  readonly requireTLS: boolean;
  readonly auth: { readonly user: string; readonly pass: string } | undefined;
};

const FORM = 'must be smtp://host, smtps://host or smtps://user:password@host, each with or without a port';
const PORTS = { 'smtp:': 587, 'smtps:': 465 };
const LOOPBACK = /^(localhost|127(\.\d+){3}|::1)$/i;

/**
 * Ports are 587, and 465 for smtps, unless given. Users and passwords are percent-encoded.
 * @throws {TypeError} for anything else, without what was given: it may hold a password.
 */
export function readSmtpUrl(text: string): SmtpServer {
  try {
    const { protocol, hostname, port, username, password, pathname, search, hash } = new URL(text);
    if (protocol !== 'smtp:' && protocol !== 'smtps:') throw new TypeError(FORM);
    if (hostname === '' || !['', '/'].includes(pathname) || search !== '' || hash !== '') throw new TypeError(FORM);
    if ((username === '') !== (password === '')) throw new TypeError(FORM);
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    const secure = protocol === 'smtps:';
    const auth =
      username === '' ? undefined : { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
    return {
      host,
      port: port === '' ? PORTS[protocol] : Number(port),
      secure,
      requireTLS: !secure && auth !== undefined && !LOOPBACK.test(host),
      auth,
    };
  } catch {
    throw new TypeError(`SMTP_URL ${FORM}.`);
  }
}
