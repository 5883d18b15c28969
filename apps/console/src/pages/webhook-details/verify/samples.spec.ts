import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { languages } from './languages.ts';
import type { HeaderNames, Scheme } from './sample.ts';
import { node } from './samples/node.ts';

const names: HeaderNames = { hookId: 'X-Acme-Hook-Id', signature: 'X-Acme-Signature' };
const WHSEC = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const ID = '65f0';
const BODY = '{"id":"65f0","data":{"name":"Žofie"}}';
const now = () => Math.floor(Date.now() / 1_000);

const keyOf = (secret: string) => (secret === WHSEC ? Buffer.alloc(32, 7) : Buffer.from(secret));
const standard = (secret: string, second = now(), body = BODY) =>
  `v1,${createHmac('sha256', keyOf(secret)).update(`${ID}.${second}.${body}`).digest('base64')}`;
const hex = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex');

type Case = { readonly headers: Record<string, string>; readonly body?: string; readonly secret?: string };

/** What the Node.js sample says of each, run as the file it is. */
function verdicts(scheme: Scheme, cases: readonly Case[]): boolean[] {
  const bySecret = new Map<string, Case[]>();
  for (const each of cases) bySecret.set(each.secret ?? 's', [...(bySecret.get(each.secret ?? 's') ?? []), each]);
  const answers = new Map<Case, boolean>();
  for (const [secret, group] of bySecret) {
    const asked = JSON.stringify(group.map(({ headers, body = BODY }) => ({ headers, body })));
    const script = `${node.code(scheme, names)}
      console.log(JSON.stringify(${asked}.map(({ headers, body }) => isGenuine(headers, Buffer.from(body)))));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], {
      env: { WEBHOOK_SECRET: secret },
      encoding: 'utf8',
    });
    (JSON.parse(output) as boolean[]).forEach((answer, index) => answers.set(group[index]!, answer));
  }
  return cases.map((each) => answers.get(each)!);
}

const signed = (signature: string, second = now()) => ({
  'webhook-id': ID,
  'webhook-timestamp': String(second),
  'webhook-signature': signature,
});

describe('the Node.js sample', () => {
  it('takes alerts of Standard Webhooks that are signed, by either of two signatures', () => {
    const cases: Case[] = [
      { headers: signed(standard('s')) },
      { headers: signed(standard(WHSEC)), secret: WHSEC },
      { headers: signed(`${standard('new')} ${standard('s')}`) },
      { headers: signed(`${standard('s')} ${standard('old')}`) },
    ];
    expect(verdicts('standard', cases)).toEqual([true, true, true, true]);
  });

  it('refuses alerts of Standard Webhooks that are not', () => {
    const late = now() - 400;
    const cases: Case[] = [
      { headers: signed(standard('another')) },
      { headers: signed(standard('s')), body: `${BODY} ` },
      { headers: { ...signed(standard('s')), 'webhook-id': 'another' } },
      { headers: signed(standard('s', late), late) },
      { headers: signed('') },
      { headers: {} },
    ];
    expect(verdicts('standard', cases)).toEqual([false, false, false, false, false, false]);
  });

  it('checks the signature of the hook id by the names of the installation', () => {
    const of = (id: string, signature: string) => ({ 'x-acme-hook-id': id, 'x-acme-signature': signature });
    const cases: Case[] = [
      { headers: of(ID, hex('s', ID)) },
      { headers: of(ID, hex(WHSEC, ID)), secret: WHSEC },
      { headers: of('another', hex('s', ID)) },
      { headers: { 'x-coro-hook-id': ID, 'x-coro-signature': hex('s', ID) } },
      { headers: of(ID, '') },
    ];
    expect(verdicts('hook-id', cases)).toEqual([true, true, false, false, false]);
  });

  it('checks the signature of the body, which comes in upper case', () => {
    const of = (signature: string) => ({ 'x-acme-signature': signature });
    const cases: Case[] = [
      { headers: of(hex('s', BODY).toUpperCase()) },
      { headers: of(hex('s', BODY)) },
      { headers: of(hex('s', BODY).toUpperCase()), body: `${BODY}\n` },
      { headers: {} },
    ];
    expect(verdicts('body', cases)).toEqual([true, true, false, false]);
  });
});

describe.each(languages.map((language) => [language.label, language] as const))('the code in %s', (_, { code }) => {
  it('names every header it reads, and reads the secret from the environment', () => {
    const all = {
      standard: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
      'hook-id': [names.hookId, names.signature],
      body: [names.signature],
    };
    for (const [scheme, headers] of Object.entries(all) as [Scheme, string[]][]) {
      const text = code(scheme, names).toLowerCase();
      for (const header of headers) expect(text).toContain(header.toLowerCase());
      expect(text).toContain('webhook_secret');
      expect(text).not.toContain('x-coro');
    }
  });

  it('ends in a line feed, and fits beside a table of contents', () => {
    for (const scheme of ['standard', 'hook-id', 'body'] as const) {
      const lines = code(scheme, names).split('\n');
      expect(lines.at(-1)).toBe('');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
    }
  });
});
