import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MailRefused, MailUnavailable, type Mail, type Mailer } from './port.ts';
import { headerOf, readMail } from './testing/read-mail.ts';

export const MAIL_FROM = 'Carillon <carillon@sender.example>';

export type Harness = {
  /** Sends from `MAIL_FROM`. */
  readonly mailer: Mailer;
  /** Every message that arrived, in any order; one that came twice may be there twice. */
  readonly arrived: () => Promise<readonly Buffer[]>;
  readonly dispose: () => Promise<void>;
};

export const mail = (overrides: Partial<Mail> = {}): Mail => ({
  messageId: 'notice-1@sender.example',
  to: 'someone@receiver.example',
  subject: 'A webhook was disabled',
  text: 'It failed too often.\n',
  html: '<p>It failed too often.</p>',
  ...overrides,
});

const NOT_ADDRESSES = [
  '',
  'someone',
  'a@b.example, c@d.example',
  'Some One <a@b.example>',
  'a@b.example>',
  'a@b@c.example',
  'a@b.example\r\nBcc: c@d.example',
  'a@b.example\nRCPT TO:<c@d.example>',
  'a b@c.example',
  `a@${'b'.repeat(300)}.example`,
];
const NOT_MESSAGE_IDS = [
  '',
  'notice-1',
  '../notice@sender.example',
  'a/b@c.example',
  '<a@b.example>',
  'a@b\r\nBcc: c@d',
];
const NOT_SUBJECTS = ['Hello\r\nBcc: c@d.example', 'Hello\nthere', 'Hello\rthere', 'Hello\u2028there', 'Hello\0'];

/** Bodies with what mails are known to break on. */
const body = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '\r\n', '\r', '.', '..', ' ', '\t', '=', 'ß', '🔔'),
    ),
    { maxLength: 60 },
  )
  .map((parts) => `.${parts.join('')}`);
const withLineFeeds = (text: string) => text.replace(/\r\n|\r/g, '\n');

/** What every mailer owes its users, whatever it hands mails over to. */
export function describeMailer(name: string, makeHarness: () => Promise<Harness>): void {
  describe(`${name}: the mailer contract`, () => {
    let harness: Harness;
    let mailer: Mailer;
    beforeEach(async () => {
      harness = await makeHarness();
      mailer = harness.mailer;
    });
    afterEach(async () => {
      await mailer.close();
      await harness.dispose();
    });
    const read = async (messageId: string) => {
      const mails = (await harness.arrived()).map(readMail);
      const found = mails.find((one) => headerOf(one, 'message-id')[0] === `<${messageId}>`);
      if (found === undefined) throw new Error(`${messageId} did not arrive.`);
      return { ...found, text: withLineFeeds(found.text ?? ''), html: withLineFeeds(found.html ?? '') };
    };

    describe('a mail', () => {
      it('arrives with its text and its HTML as they were given', async () => {
        const text = `Grüße, 東京 🔔\n.\n..dots\n.\nblanks at the end \t\n${'long '.repeat(1000)}\nFrom here =3D on\n\n`;
        const html = `<p title="Ü">👩‍👩‍👧 &amp; ${'x'.repeat(5000)}</p>\n.\n<p> </p>`;
        await mailer.send(mail({ text, html }));
        expect(await read('notice-1@sender.example')).toMatchObject({ text, html });
      });

      it('arrives whatever its text and its HTML are made of', async () => {
        let n = 0;
        const rule = fc.asyncProperty(body, body, async (text, html) => {
          const messageId = `made-up-${(n += 1)}@sender.example`;
          await mailer.send(mail({ messageId, text, html }));
          const arrived = await read(messageId);
          expect(arrived).toMatchObject({ text: withLineFeeds(text), html: withLineFeeds(html) });
        });
        await fc.assert(rule, { numRuns: 25 });
      });

      it('says once whom it is from and to, what it is about, and when it was', async () => {
        const subject = `Störung: ${'ein Webhook wurde abgeschaltet 🔔 '.repeat(8)}!`;
        await mailer.send(mail({ subject, to: 'someone+tag@receiver.example' }));
        const arrived = await read('notice-1@sender.example');
        expect(headerOf(arrived, 'from')).toEqual([MAIL_FROM]);
        expect(headerOf(arrived, 'to')).toEqual(['someone+tag@receiver.example']);
        expect(headerOf(arrived, 'subject')).toEqual([subject]);
        expect(headerOf(arrived, 'message-id')).toEqual(['<notice-1@sender.example>']);
        expect(headerOf(arrived, 'date')).toHaveLength(1);
        expect(headerOf(arrived, 'bcc')).toEqual([]);
      });

      it('is text alone when its HTML is empty', async () => {
        await mailer.send(mail({ text: 'Nur Text, für alle.\n', html: '' }));
        const [raw] = await harness.arrived();
        expect(raw && readMail(raw)).toMatchObject({ text: 'Nur Text, für alle.\r\n', html: undefined });
        expect(raw?.toString()).not.toContain('multipart/');
      });

      it('is made of short lines of ASCII that all end in CRLF', async () => {
        await mailer.send(
          mail({ subject: 'ü'.repeat(500), text: `${'ü'.repeat(5000)}\n🔔\r\rü`, html: 'ü'.repeat(5000) }),
        );
        const [raw] = await harness.arrived();
        const lines = (raw?.toString('latin1') ?? '').split('\r\n');
        expect(lines.filter((line) => line.length > 998 || !/^[\t -~]*$/.test(line))).toEqual([]);
        expect(lines.at(-1)).toBe('');
      });

      it('keeps its Message-ID however often it is sent', async () => {
        await mailer.send(mail());
        await mailer.send(mail());
        const ids = (await harness.arrived()).flatMap((raw) => headerOf(readMail(raw), 'message-id'));
        expect(new Set(ids)).toEqual(new Set(['<notice-1@sender.example>']));
      });

      it('goes out beside many others', async () => {
        const mails = Array.from({ length: 30 }, (_, n) =>
          mail({ messageId: `notice-${n}@sender.example`, to: `n${n}@receiver.example`, text: `${n} `.repeat(500) }),
        );
        const receipts = await Promise.all(mails.map((one) => mailer.send(one)));
        expect(receipts.every(({ place }) => place !== '')).toBe(true);
        for (const { messageId, to, text } of mails) {
          const arrived = await read(messageId);
          expect(arrived.text).toBe(text);
          expect(headerOf(arrived, 'to')).toEqual([to]);
        }
        expect(await harness.arrived()).toHaveLength(30);
      });
    });

    describe('what is no mail is refused, and goes nowhere', () => {
      const refuses = async (wrong: Partial<Mail>) => {
        await expect(mailer.send(mail(wrong))).rejects.toThrow(MailRefused);
        expect(await harness.arrived()).toEqual([]);
      };
      it.each(NOT_ADDRESSES)('for the address %j', (to) => refuses({ to }));
      it.each(NOT_SUBJECTS)('for the subject %j', (subject) => refuses({ subject }));
      it.each(NOT_MESSAGE_IDS)('for the message id %j', (messageId) => refuses({ messageId }));
    });

    describe('closing', () => {
      it('finishes what was begun, and takes nothing more', async () => {
        const begun = ['a', 'b', 'c'].map((n) => mailer.send(mail({ messageId: `${n}@sender.example` })));
        await mailer.close();
        expect(await harness.arrived()).toHaveLength(3);
        await Promise.all(begun);
        await expect(mailer.send(mail())).rejects.toThrow(MailUnavailable);
        await mailer.close();
      });
    });
  });
}
