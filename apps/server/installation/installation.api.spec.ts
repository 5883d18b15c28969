import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clientOf, createWebhook, event, publish, registerWorkspace } from '../../../test/support/api.ts';
import { Installation } from '../../../test/support/installation.ts';
import { Receiver } from '../../../test/support/receiver.ts';

let installation: Installation;
let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.start();
  installation = await Installation.start();
  await registerWorkspace(installation.api, 'shop');
});
afterAll(async () => {
  await installation.dispose();
  await receiver.stop();
});

const view = async () => (await installation.api.get('/installation')).data;

describe('the view of the installation', () => {
  it('says what it is made of', async () => {
    await installation.settled();
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    const { status, headers, data } = await installation.api.get('/installation');
    expect([status, headers['cache-control']]).toEqual([200, 'no-store']);
    const { eventStore, config } = installation.parts;
    expect(data).toMatchObject({
      ...{ product: 'Carillon', version, node: process.version, clock: 'system', roles: ['api', 'worker'] },
      now: new Date(installation.clock.now()).toISOString(),
      engines: {
        events: { kind: config.eventStoreUrl === '' ? 'embedded' : 'eventstoredb', ok: true },
        documents: { kind: config.mongoUrl === '' ? 'embedded' : 'mongodb', ok: true },
        mail: { kind: 'files' },
      },
      reasons: [],
      head: await eventStore.head(),
      backlog: { owed: 0, oldestWaitingAt: null, held: 0 },
    });
    expect(Date.parse(data.startedAt)).toBeLessThan(Date.now());
    expect(data.memory.rssBytes).toBeGreaterThan(1e6);
  });

  it('has every projection, saga and set of resident documents, as the readiness has them', async () => {
    await installation.settled();
    const { followers } = await view();
    const kindOf = new Map(followers.map(({ name, kind }: { name: string; kind: string }) => [name, kind]));
    expect([kindOf.get('deliveries'), kindOf.get('fan-out'), kindOf.get('lanes (resident)')]).toEqual([
      ...['projection', 'saga', 'resident'],
    ]);
    const { data: ready } = await installation.anonymous().get('/health/ready');
    expect([...kindOf.keys()].sort()).toEqual(Object.keys(ready.lag).sort());
    expect(followers.every(({ lag, failing }: { lag: number; failing: boolean }) => lag >= 0 && !failing)).toBe(true);
  });

  it('tells what waits from what is held', async () => {
    receiver.answer = ({ path }) => ({ status: path === '/gone' ? 410 : 500 });
    await createWebhook(installation.api, 'shop', `${receiver.url}/failing`);
    await createWebhook(installation.api, 'shop', `${receiver.url}/gone`);
    await installation.settled();
    await publish(installation.api, event('shop'));
    await installation.settled();
    await publish(installation.api, event('shop'));
    await installation.settled();
    const { backlog } = await view();
    expect(backlog).toMatchObject({ owed: 2, held: 2 });
    const waits = Date.parse(backlog.oldestWaitingAt) - installation.clock.now();
    expect(waits).toBeGreaterThan(50_000);
    expect(waits).toBeLessThan(70_000);
  });
});

describe('the outbox of mails', () => {
  it('has what was mailed, to be read by id', async () => {
    const messageId = 'notice-7@localhost';
    const mail = { messageId, to: 'ada@a.example', subject: 'Störung', text: 'Text', html: '<p>Text</p>' };
    await installation.parts.mailer.send(mail);
    const { status, headers, data } = await installation.api.get('/mails');
    expect([status, headers['cache-control'], data.nextCursor]).toEqual([200, 'no-store', null]);
    const summary = { id: messageId, to: 'ada@a.example', subject: 'Störung', at: expect.any(String), messageId };
    expect(data.items).toContainEqual(summary);
    const one = await installation.api.get(`/mails/${encodeURIComponent(messageId)}`);
    expect([one.status, one.headers['cache-control']]).toEqual([200, 'no-store']);
    expect(one.data).toEqual({
      ...summary,
      text: expect.stringContaining('Text'),
      html: expect.stringContaining('<p>'),
    });
  });

  it.each(['nobody@localhost', '..%2fencryption.key', '..%2f..%2fencryption', '%00'])('has no mail %s', async (id) => {
    expect((await installation.api.get(`/mails/${id}`)).status).toBe(404);
  });

  it('has the HTML of a mail for a frame, where it can do nothing', async () => {
    const html = '<p onclick="x()">Text</p><script>x()</script>';
    const mail = { messageId: 'notice-8@localhost', to: 'ada@a.example', subject: 'HTML', text: 'Text', html };
    await installation.parts.mailer.send(mail);
    await installation.parts.mailer.send({ ...mail, messageId: 'notice-9@localhost', html: '' });
    const { status, headers, data } = await installation.api.get('/mails/notice-8@localhost/html');
    expect([status, data.trim()]).toEqual([200, html]);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    for (const id of ['notice-9@localhost', 'nobody@localhost']) {
      const { status, headers, data } = await installation.api.get(`/mails/${id}/html`);
      expect([status, headers['content-type'], data.status]).toEqual([
        ...[404, 'application/problem+json; charset=utf-8', 404],
      ]);
    }
  });

  it('is not there where mails go to a server', async () => {
    const sending = await Installation.open({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } });
    try {
      for (const path of ['/mails', '/mails/notice-7@localhost', '/mails/notice-7@localhost/html']) {
        const { status, data } = await sending.api.get(path);
        expect([status, data.detail]).toEqual([404, 'There is no outbox: mails go to the SMTP server of SMTP_URL.']);
      }
      expect((await sending.api.get('/installation')).data.engines.mail).toEqual({ kind: 'smtp' });
    } finally {
      await sending.dispose();
    }
  });
});

it.each(['/installation', '/mails', '/mails/notice-7@localhost', '/mails/notice-7@localhost/html'])(
  '%s is for the root workspace, with the scope',
  async (path) => {
    const below = await clientOf(installation, 'shop', ['installation:read']);
    expect((await below.get(path)).status).toBe(403);
    const without = await clientOf(installation, 'root', ['webhooks:read']);
    expect((await without.get(path)).status).toBe(403);
  },
);
