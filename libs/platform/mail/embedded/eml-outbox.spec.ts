import { mkdir, mkdtemp, rm, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mail, MAIL_FROM } from '../contract.ts';
import type { Mail, MailOutbox } from '../port.ts';
import { openEmlFolder } from './eml-folder.ts';
import { openEmlOutbox } from './eml-outbox.ts';

let root: string;
let folder: string;
let outbox: MailOutbox;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'carillon-'));
  folder = join(root, 'mail');
  outbox = openEmlOutbox(folder);
});
afterEach(() => rm(root, { recursive: true }));

/** Handed over at this second since the epoch. */
const sent = async (name: string, second: number, changes: Partial<Mail> = {}) => {
  const messageId = `${name}@sender.example`;
  const { place } = await openEmlFolder({ folder, mailFrom: MAIL_FROM }).send(mail({ messageId, ...changes }));
  await utimes(place, second, second);
  return messageId;
};
const idsOf = async (limit: number, cursor?: string) => {
  const { items, nextCursor } = await outbox.list({ limit, cursor });
  return { ids: items.map(({ id }) => id.replace('@sender.example', '')), nextCursor };
};

describe('a mail that was written to the folder', () => {
  it('is read as it was sent', async () => {
    const changes = { to: 'ada@a.example', subject: 'Grüße', text: 'Nur das.\n', html: '<p>Nur <b>das</b>.</p>' };
    const id = await sent('notice-1', 1_700_000_000, changes);
    const summary = { id, to: 'ada@a.example', subject: 'Grüße', at: 1_700_000_000_000, messageId: id };
    expect(await outbox.read(id)).toEqual({
      ...summary,
      text: expect.stringMatching(/^Nur das\.\s*$/),
      html: expect.stringMatching(/^<p>Nur <b>das<\/b>\.<\/p>\s*$/),
    });
    expect(await outbox.list({ limit: 10 })).toEqual({ items: [summary], nextCursor: null });
  });

  it('has no HTML if it was sent without', async () => {
    expect(await outbox.read(await sent('plain', 1, { html: '' }))).toMatchObject({ html: null });
  });
});

describe('the list of mails', () => {
  it('is empty before there is a folder', async () => {
    expect(await outbox.list({ limit: 10 })).toEqual({ items: [], nextCursor: null });
  });

  it('has the newest first, by id those of one instant, and goes on page by page', async () => {
    for (const [name, second] of [
      ['c', 5],
      ['a', 9],
      ['b', 5],
      ['e', 1],
      ['d', 5],
    ] as const)
      await sent(name, second);
    const pages: string[][] = [];
    for (let cursor: string | null | undefined; cursor !== null;) {
      const { ids, nextCursor } = await idsOf(2, cursor);
      pages.push(ids);
      cursor = nextCursor;
      if (pages.length === 1) await sent('newer', 20);
    }
    expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  });

  it.each(['nothing', 'W10', 'WyJhIiwxXQ'])('does not go on after %j', async (cursor) => {
    await expect(outbox.list({ limit: 2, cursor })).rejects.toMatchObject({ kind: 'invalid' });
  });
});

describe('what is no mail of ours', () => {
  const deeplyNested = Array.from(
    { length: 1_000 },
    (_, n) => `Content-Type: multipart/mixed; boundary=b${n}\r\n\r\n--b${n}\r\n`,
  ).join('');

  it.each([
    '../../etc/passwd',
    '..',
    'a/b@c.example',
    '/etc/passwd',
    'notice-1@sender.example.eml',
    'nobody@sender.example',
    `${'a'.repeat(500)}@b.example`,
    'a\0@b.example',
    '',
  ])('is not found as %j', async (id) => {
    await sent('notice-1', 1);
    expect(await outbox.read(id)).toBeUndefined();
  });

  it('is not reached by a link, nor taken from a folder, nor read when it is huge', async () => {
    const id = await sent('mail', 1);
    await writeFile(join(root, 'secret'), 'Subject: secret\r\n\r\nkey');
    await symlink(join(root, 'secret'), join(folder, 'link@a.example.eml'));
    await mkdir(join(folder, 'folder@a.example.eml'));
    await writeFile(join(folder, 'huge@a.example.eml'), 'Subject: huge\r\n\r\n');
    await truncate(join(folder, 'huge@a.example.eml'), 5 * 1024 * 1024);
    await writeFile(join(folder, 'deep@a.example.eml'), deeplyNested);
    await writeFile(join(folder, 'half@a.example.eml.123.new'), 'Subject: half');
    for (const name of ['link', 'folder', 'huge', 'deep', 'half'])
      expect(await outbox.read(`${name}@a.example`)).toBeUndefined();
    expect((await outbox.list({ limit: 10 })).items.map((each) => each.id)).toEqual([id]);
  });
});
