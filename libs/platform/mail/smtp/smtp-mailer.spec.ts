import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from '@jest/globals';
import { mail, MAIL_FROM } from '../contract.ts';
import { MailRefused, MailUnavailable, type Mailer } from '../port.ts';
import { selfSigned } from '../testing/self-signed.ts';
import { SmtpCatcher, type CatcherOptions } from '../testing/smtp-catcher.ts';
import { openSmtpMailer } from './smtp-mailer.ts';

const SENDER = 'carillon@sender.example';
const RECIPIENT = 'someone@receiver.example';
const PASSWORD = 'not-to-be-shown';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});
const mailerFor = (smtpUrl: string, deadlineMs?: number): Mailer => {
  const mailer = openSmtpMailer({ smtpUrl, mailFrom: MAIL_FROM, deadlineMs });
  closing.push(() => mailer.close());
  return mailer;
};
const catcherWith = async (options: CatcherOptions = {}): Promise<SmtpCatcher> => {
  const catcher = await SmtpCatcher.start(options);
  closing.push(() => catcher.stop());
  return catcher;
};
const failureOf = async (sent: Promise<unknown>): Promise<MailRefused | MailUnavailable> =>
  sent.then(
    () => Promise.reject(new Error('The mail was sent.')),
    (error: MailRefused | MailUnavailable) => error,
  );

describe('a mail handed to a server', () => {
  it('is for the one recipient, from the sender, and the receipt names the server', async () => {
    const catcher = await catcherWith();
    expect(await mailerFor(catcher.url).send(mail())).toEqual({ place: `127.0.0.1:${catcher.port}` });
    expect(catcher.caught).toMatchObject([{ from: SENDER, to: [RECIPIENT] }]);
  });

  it.each([
    [SENDER, 553],
    [RECIPIENT, 550],
    ['DATA', 554],
  ])('is refused when the answer to %s is %i, and the next one is not', async (to, code) => {
    const catcher = await catcherWith();
    const mailer = mailerFor(catcher.url);
    catcher.answer(to, code, 'We do not want this');
    const refusal = await failureOf(mailer.send(mail()));
    expect(refusal).toBeInstanceOf(MailRefused);
    expect(refusal.message).toMatch(`${code} We do not want this`);
    catcher.takeAgain();
    await mailer.send(mail());
    expect(catcher.caught).toHaveLength(1);
  });

  it.each([
    [SENDER, 451],
    [RECIPIENT, 450],
    [RECIPIENT, 421],
    [SENDER, 503],
    ['DATA', 452],
  ])('is to be repeated when the answer to %s is %i', async (to, code) => {
    const catcher = await catcherWith();
    const mailer = mailerFor(catcher.url);
    catcher.answer(to, code, 'Later');
    expect(await failureOf(mailer.send(mail()))).toBeInstanceOf(MailUnavailable);
    expect(catcher.caught).toEqual([]);
    catcher.takeAgain();
    await mailer.send(mail());
    expect(catcher.caught).toHaveLength(1);
  });
});

describe('why a mail was not taken', () => {
  it.each([
    [550, '5.1.1 <someone@receiver.example>: No such user', 'refuses the mail'],
    [451, '4.7.1 Try again later', 'does not take mails now'],
  ])(
    'is for anybody in the words of the server (%i), and for the operator with its place',
    async (code, text, does) => {
      const catcher = await catcherWith();
      catcher.answer(RECIPIENT, code, text);
      const { message, reason } = await failureOf(mailerFor(catcher.url).send(mail()));
      expect(reason).toBe(`The mail server ${does}: ${code} ${text}`);
      expect(message).toMatch(new RegExp(`^127\\.0\\.0\\.1:${catcher.port} ${does}: .*${code} `));
    },
  );

  it('is without the name by which the server knows itself', async () => {
    const catcher = await catcherWith();
    const { port } = catcher;
    catcher.answer(RECIPIENT, 421, `127.0.0.1:${port} and 127.0.0.1, but neither a@127.0.0.1 nor 1127.0.0.1`);
    const { reason } = await failureOf(mailerFor(catcher.url).send(mail()));
    expect(reason).toMatch(/421 \(this server\) and \(this server\), but neither a@127\.0\.0\.1 nor 1127\.0\.0\.1$/);
  });

  it('is but a code for anybody where the server has said nothing', async () => {
    const catcher = await SmtpCatcher.start();
    const { port, url } = catcher;
    await catcher.stop();
    const { message, reason } = await failureOf(mailerFor(url).send(mail()));
    expect(reason).toBe('The mail server does not take mails now: ECONNREFUSED');
    expect(message).toMatch(new RegExp(`^127\\.0\\.0\\.1:${port} does not take mails now: .*ECONNREFUSED`));
  });
});

describe('connections', () => {
  it('are few, and kept', async () => {
    const catcher = await catcherWith();
    const mailer = mailerFor(catcher.url);
    for (const n of [1, 2, 3]) await mailer.send(mail({ messageId: `${n}@sender.example` }));
    expect(catcher.connections).toBe(1);
    await Promise.all(Array.from({ length: 40 }, (_, n) => mailer.send(mail({ messageId: `${n}@sender.example` }))));
    expect(catcher.connections).toBeLessThanOrEqual(5);
    expect(catcher.caught).toHaveLength(43);
  });

  it('are made again when the server has hung up', async () => {
    const catcher = await catcherWith();
    const mailer = mailerFor(catcher.url);
    await mailer.send(mail());
    await catcher.hangUp();
    await mailer.send(mail());
    expect(catcher.caught).toHaveLength(2);
  });
});

describe('a server that is away', () => {
  it('has the mail repeated later, and then takes it', async () => {
    const before = await SmtpCatcher.start();
    const { port, url } = before;
    const mailer = mailerFor(url);
    await mailer.send(mail());
    await before.stop();
    expect(await failureOf(mailer.send(mail()))).toBeInstanceOf(MailUnavailable);
    const after = await catcherWith({ port });
    await mailer.send(mail());
    expect(after.caught).toHaveLength(1);
  });
});

describe('a server that does not come to an end', () => {
  const speaks = async (listener: (socket: Socket) => void) => {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket.on('error', () => socket.destroy()));
      listener(socket);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    closing.push(async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    return `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const everyFewMs = (socket: Socket, line: string) => {
    const timer = setInterval(() => socket.write(line), 10);
    socket.on('close', () => clearInterval(timer));
  };

  it.each([
    ['says nothing at all', () => undefined],
    ['greets, and says nothing more', (socket: Socket) => socket.write('220 hello\r\n')],
    ['greets at great length', (socket: Socket) => everyFewMs(socket, '220-hello\r\n')],
    [
      'never finishes its first answer',
      (socket: Socket) => {
        socket.write('220 hello\r\n');
        everyFewMs(socket, '250-hello\r\n');
      },
    ],
  ])('holds a mail up to the deadline, and no longer: it %s', async (_, listener) => {
    const mailer = mailerFor(await speaks(listener), 200);
    const failure = await failureOf(mailer.send(mail()));
    expect(failure).toBeInstanceOf(MailUnavailable);
    expect(failure.reason).not.toContain('127.0.0.1');
  });

  it('holds a mail up to the deadline, and no longer: it does not say whether it has taken it', async () => {
    const catcher = await catcherWith();
    let letGo: (() => void) | undefined;
    catcher.hold(() => new Promise((resolve) => (letGo = resolve)));
    expect(await failureOf(mailerFor(catcher.url, 2000).send(mail()))).toBeInstanceOf(MailUnavailable);
    // It had all of the mail by then.
    expect(letGo).toBeDefined();
    letGo?.();
  });
});

describe('a server that knows its users', () => {
  const user = { name: 'me', password: PASSWORD };
  const withCredentials = (url: string, password = PASSWORD) => url.replace('://', `://me:${password}@`);
  const trusting = () => {
    const before = getCACertificates('default');
    setDefaultCACertificates([...before, selfSigned.cert]);
    closing.push(async () => setDefaultCACertificates(before));
  };

  it.each([
    ['starttls', 'smtp:'],
    ['from the start', 'smtps:'],
  ] as const)('takes mails of a user over TLS (%s)', async (tls, scheme) => {
    trusting();
    const catcher = await catcherWith({ tls, user });
    await mailerFor(withCredentials(catcher.url.replace('smtp:', scheme))).send(mail());
    expect(catcher.caught).toMatchObject([{ secure: true, user: 'me' }]);
  });

  it.each([
    ['starttls', 'smtp:'],
    ['from the start', 'smtps:'],
  ] as const)('is told nothing while nobody vouches for its certificate (%s)', async (tls, scheme) => {
    const catcher = await catcherWith({ tls, user });
    const failure = await failureOf(mailerFor(withCredentials(catcher.url.replace('smtp:', scheme))).send(mail()));
    expect(failure).toBeInstanceOf(MailUnavailable);
    expect(failure.message).toMatch(/self-signed certificate/);
    expect(failure.reason).toMatch(/: [A-Z_]+$/);
    expect(catcher.logins).toBe(0);
  });

  it('is told nothing in the clear, unless it is on this machine', async () => {
    const catcher = await catcherWith({ user });
    await mailerFor(withCredentials(catcher.url)).send(mail());
    expect(catcher.caught).toMatchObject([{ secure: false, user: 'me' }]);
    // Reaches this machine, too, but does not say so.
    const elsewhere = mailerFor(withCredentials(catcher.url.replace('127.0.0.1', '0.0.0.0')));
    const failure = await failureOf(elsewhere.send(mail()));
    expect(failure).toBeInstanceOf(MailUnavailable);
    expect(failure.message).toMatch(/STARTTLS/);
    expect(catcher.logins).toBe(1);
  });

  it('has the mail repeated later when it does not know the password, which no error shows', async () => {
    const catcher = await catcherWith({ user });
    const failure = await failureOf(mailerFor(withCredentials(catcher.url, `${PASSWORD}-either`)).send(mail()));
    expect(failure).toBeInstanceOf(MailUnavailable);
    expect(failure.message).toMatch(/535 5.7.8 Who are you\?/);
    const shown = inspect(failure, { depth: Infinity, showHidden: true });
    expect(shown).not.toContain(PASSWORD);
    expect(shown).not.toContain(Buffer.from(`\0me\0${PASSWORD}-either`).toString('base64'));
    expect(catcher.logins).toBe(1);
  });

  it('has the mail repeated later when there are no credentials for it', async () => {
    const catcher = await catcherWith({ user });
    expect(await failureOf(mailerFor(catcher.url).send(mail()))).toBeInstanceOf(MailUnavailable);
  });
});
