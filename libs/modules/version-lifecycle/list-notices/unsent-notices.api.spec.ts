import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { clientOf, createWebhook } from '../../../../test/support/api.ts';
import { Installation } from '../../../../test/support/installation.ts';
import { MailRefused } from '../../../platform/mail/index.ts';
import { SmtpCatcher } from '../../../platform/mail/testing/smtp-catcher.ts';

type Notice = { status: string; lastError: string };
type Entry = { summary: string; details: { error?: string } };

const RELEASE = {
  name: '2026-11-02',
  triggers: {
    'protected-users-count-updated': {
      schema: { type: 'object', required: ['count'], properties: { count: { type: 'string' } } },
      example: { count: '26' },
      downgrade: '$',
    },
  },
};

let installation: Installation;
let catcher: SmtpCatcher | undefined;
afterEach(async () => {
  await installation.dispose();
  await catcher?.stop();
  catcher = undefined;
});

/** What a tenant reads of a mail that was not sent. */
const readByTenant = async () => {
  const { api } = installation;
  const named = { type: 'channel', companyName: 'shop', displayName: 'shop', adminEmails: 'ada@customer.example' };
  await api.post('/workspaces', { id: 'shop', parentWorkspaceId: '', ...named, notificationLevel: 'all' });
  await createWebhook(api, 'shop', 'http://127.0.0.1:9/');
  expect((await api.post('/versions', RELEASE)).status).toBe(201);
  await installation.settled();
  const tenant = await clientOf(installation, 'shop', ['notices:read', 'activity:read']);
  const { data: notices } = await tenant.get<{ items: Notice[] }>('/notices');
  const { data: entries } = await tenant.get<{ items: Entry[] }>('/activity?kind=notice-failed');
  const [notice, entry] = [notices.items[0], entries.items[0]];
  return { status: notice?.status, error: notice?.lastError, details: entry?.details.error, summary: entry?.summary };
};

describe('why a mail was not sent', () => {
  it('is told without the folder of mails', async () => {
    installation = await Installation.start();
    await writeFile(join(installation.folder, 'mail'), 'in the way');
    const error = 'The mail cannot be written to a file: EEXIST';
    const seen = await readByTenant();
    expect(seen).toEqual({ status: 'pending', error, details: error, summary: expect.stringContaining(`: ${error}`) });
    expect(JSON.stringify(seen)).not.toContain(installation.folder);
  });

  it('is told without the mail server, in its words where it has some', async () => {
    catcher = await SmtpCatcher.start();
    catcher.answer('ada@customer.example', 550, '5.1.1 No such user');
    installation = await Installation.start({ env: { SMTP_URL: catcher.url } });
    const error = 'The mail server refuses the mail: 550 5.1.1 No such user';
    const seen = await readByTenant();
    expect(seen).toEqual({ status: 'refused', error, details: error, summary: expect.stringContaining(`: ${error}`) });
    expect(JSON.stringify(seen)).not.toContain('127.0.0.1');
  });

  it.each([
    ['The mail could not be made.', new TypeError('/srv/carillon/letters.ts has a hole')],
    ['550 No', new MailRefused('mail.internal:25 says 550 No', { reason: '550 No' })],
  ])('is: %s', async (error, thrown) => {
    const mailer = { send: () => Promise.reject(thrown), close: () => Promise.resolve() };
    installation = await Installation.start({ mailer });
    expect(await readByTenant()).toMatchObject({ error, details: error });
  });
});
