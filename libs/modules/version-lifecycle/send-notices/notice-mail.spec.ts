import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { affected, oweNotice } from '../notice/testing/notices.ts';
import type { NoticeToSend } from './notice-letter.ts';
import { noticeMail } from './notice-mail.ts';

const API = 'https://hooks.example';
const mailOf = (changes: Partial<NoticeToSend> = {}, publicUrl = API) => noticeMail(oweNotice(changes).data, publicUrl);
/** Without the line breaks of paragraphs. */
const flat = (text: string) => text.replace(/\n +|\n(?=\S)/g, ' ');

const milestones = ['announcement', 'reminder', 'withdrawal'] as const;

describe('the subject of a notice', () => {
  it.each([
    ['announcement', 'Webhook version 2026-01-01 expires on 1 May 2027'],
    ['reminder', 'Reminder: webhook version 2026-01-01 expires on 1 May 2027'],
    ['withdrawal', 'Webhook version 2026-01-01 does not expire on 1 May 2027'],
  ] as const)('of the %s names the version and the date', (milestone, subject) =>
    expect(mailOf({ milestone }).subject).toBe(subject),
  );
});

describe.each(['text', 'html'] as const)('the %s of a notice', (kind) => {
  const read = (changes: Partial<NoticeToSend> = {}, publicUrl = API) => flat(mailOf(changes, publicUrl)[kind]);

  it.each(['announcement', 'reminder'] as const)('of the %s says what ends, when, and what to do', (milestone) => {
    const said = read({ milestone });
    for (const fact of [
      'Webhook version 2026-01-01 expires on 1 May 2027, 09:00 UTC',
      'on 2 May 2027, 09:00 UTC, are disabled',
      'on version 2026-11-01',
      `GET ${API}/versions/2026-11-01`,
      `GET ${API}/settings/webhooks/{id}/draft`,
      `POST ${API}/settings/webhooks/{id}/draft/test`,
      `POST ${API}/settings/webhooks/{id}/draft/publish`,
      'ada@customer.example',
    ])
      expect(said).toContain(fact);
  });

  it('of the announcement says how to move at once, and when drafts are made', () => {
    expect(read()).toContain(`PUT ${API}/settings/webhooks/{id}`);
    expect(read()).toContain('a month before the expiration date one on version 2026-11-01 is made');
  });

  it('of the reminder says that a draft is waiting', () =>
    expect(read({ milestone: 'reminder' })).toContain('A draft on version 2026-11-01 is waiting'));

  it('of the withdrawal says that the date is void, and asks for nothing', () => {
    const said = read({ milestone: 'withdrawal', newest: '2026-01-01' });
    expect(said).toContain('it would expire on 1 May 2027, 09:00 UTC. That date is void');
    expect(said).toContain('There is nothing for you to do');
    expect(said).not.toContain('/settings/webhooks');
  });

  it('names requests by their path where the address of the API is not known', () => {
    const said = read({}, '');
    expect(said).toContain('PUT /settings/webhooks/{id}');
    expect(said).not.toContain('hooks.example');
  });

  it.each(milestones)('of the %s lists the webhooks by workspace', (milestone) => {
    const said = read({ milestone, webhooks: [affected(1, 'a'), affected(2, 'b'), affected(3, 'a')], webhookCount: 3 });
    const places = ['The workspace a', 'Billing 1', 'Billing 3', 'The workspace b', 'Billing 2'].map((one) =>
      said.indexOf(one),
    );
    expect(places).toEqual([...places].sort((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(said).toContain('https://customer.example/3');
    expect(said).not.toContain('… and');
  });

  it('says how many more there are', () => expect(read({ webhookCount: 1_201 })).toContain('… and 1,200 more.'));

  it('says how many there are of whom none is listed', () => {
    const said = read({ webhooks: [], webhookCount: 12 });
    expect(said).toContain('Affected webhooks');
    expect(said).toContain('12 webhooks, none of which is named here.');
    expect(said).not.toContain('… and');
    expect(read({ webhooks: [], webhookCount: 1 })).toContain('1 webhook, none');
  });

  it('calls what has no name by its id, once', () => {
    const said = read({ webhooks: [{ ...affected(1), name: '', workspaceName: 'company1' }] });
    expect(said.split('webhook-1')).toHaveLength(2);
    expect(said.split('company1')).toHaveLength(2);
  });
});

const NASTY = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' onmouseover='alert(1)",
  '</p></div></body><h1>Your account is locked</h1>',
  '<a href="https://evil.example">Click</a>',
  '<!-- ',
  '&lt;script&gt;',
  '<style>*{display:none}</style>',
  '\u2028<b>\u0000</b>\u001b[31m',
];
const nastyNotice = (text: string): Partial<NoticeToSend> => ({
  version: text,
  newest: text,
  address: text,
  webhooks: [{ webhookId: text, name: text, url: text, workspaceId: text, workspaceName: `${text}!` }],
});
const tagsOf = (html: string) => html.match(/<[^>]*>/g) ?? [];
const harmless = { webhookId: 'x', name: 'x', url: 'x', workspaceId: 'x', workspaceName: 'x!' };

describe('what users have written', () => {
  const shapeOf = (milestone: (typeof milestones)[number], text: string) =>
    tagsOf(mailOf({ milestone, ...nastyNotice(text) }).html);

  it.each(NASTY)('is text in HTML, whatever it looks like: %j', (text) => {
    for (const milestone of milestones) expect(shapeOf(milestone, text)).toEqual(shapeOf(milestone, '~'));
    expect(mailOf(nastyNotice(text)).html).not.toMatch(/<(script|img|svg|a|style|b)\b|alert\(1\)>/);
  });

  it('never becomes markup', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'/=! a\n-'), minLength: 1 }), (text) => {
        const shape = tagsOf(mailOf({ webhooks: [{ ...harmless, name: `.${text}` }] }).html);
        expect(shape).toEqual(tagsOf(mailOf({ webhooks: [{ ...harmless, name: '.' }] }).html));
      }),
    ));

  it('stays in its line of the text, and of the subject', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'ab \n\r\t\v\f\u0085\u2028\u2029\u0000\u202e') }), (text) => {
        const named = (name: string) => mailOf({ webhooks: [{ ...harmless, name: `.${name}` }], version: `v${name}` });
        expect(named(text).text.split('\n- ')).toHaveLength(2);
        const line = named(text).text.split('\n- ')[1]?.split('\n') ?? [];
        expect(line[0]).toMatch(/^\.[ab ]*\(x\)$/);
        expect(line[1]).toBe('  x');
        expect(named(text).subject).toMatch(/^Webhook version v[ab ]* expires on 1 May 2027$/);
      }),
    ));

  it('is shortened where it would fill the mail, and not in the middle of a character', () => {
    const { text } = mailOf({ webhooks: [{ ...harmless, name: '🔔'.repeat(500) }] });
    expect(text).toContain(`- ${'🔔'.repeat(200)}… (x)`);
  });
});

it('the HTML fetches nothing, links to nothing and runs nothing', () => {
  for (const milestone of milestones)
    expect(mailOf({ milestone }).html).not.toMatch(
      /<(link|script|img|iframe|a|form|style)\b|\bsrc=|\bhref=|url\(|@import/,
    );
});

it('paragraphs of the text are of lines that fit', () => {
  const { text } = mailOf();
  for (const line of text.split('\n').filter((one) => !one.includes('http')))
    expect(line.length).toBeLessThanOrEqual(76);
});
