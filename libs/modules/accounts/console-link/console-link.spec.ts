import { describe, expect, it } from '@jest/globals';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { IssueConsoleLink, OpenConsoleLink, originSchema, RevokeConsoleLink } from './console-link.commands.ts';
import { consoleLink } from './console-link.decider.ts';
import type { ConsoleLinkEvent } from './console-link.events.ts';
import { linkUrl, readLinkToken } from './link-token.ts';

const AT = 1_700_000_000_000;
const metadata: CommandMetadata = { at: AT, actor: 'client:tester', traceId: 'trace' };
const linkId = 'l'.repeat(22);
const [sessionId, other] = ['s'.repeat(22), 'o'.repeat(22)];
const [tokenHash, sessionTokenHash] = ['t'.repeat(43), 'c'.repeat(43)];
const grant = { linkId, workspaceId: 'w', role: 'viewer' as const, label: 'Ana', embedIn: null };
const data = { ...grant, tokenHash, expiresAt: AT + 1_000, sessionSeconds: 60 };
const issued: ConsoleLinkEvent = { type: 'ConsoleLinkIssued', data };
const opened: ConsoleLinkEvent = {
  type: 'ConsoleLinkOpened',
  data: { ...grant, sessionId, sessionTokenHash, sessionExpiresAt: AT + 60_000 },
};
const revoked = (of: string | null): ConsoleLinkEvent => ({
  type: 'ConsoleLinkRevoked',
  data: { linkId, workspaceId: 'w', sessionId: of },
});
const issue = new IssueConsoleLink(data, metadata);
const revoke = new RevokeConsoleLink({ linkId }, metadata);
const open = (change: object = {}, at = AT) =>
  new OpenConsoleLink({ linkId, tokenHash, sessionId, sessionTokenHash, ...change }, { ...metadata, at });
const { given, when } = specify(consoleLink);

describe('a console link', () => {
  it('is issued once', () => {
    when(issue).then([issued]);
    given([issued]).when(issue).thenRefused('conflict');
  });

  it('opens for whoever has its token, for as long as it says', () => {
    given([issued]).when(open()).then([opened]);
  });

  it('opens once, and not even for the same browser again', () => {
    for (const again of [open(), open({ sessionId: other })])
      given([issued, opened])
        .when(again)
        .thenRefused('conflict', /used already/);
  });

  it('opens until it expires', () => {
    expect(consoleLink.decide(open({}, AT + 999), consoleLink.evolve(undefined, issued))).toHaveLength(1);
    given([issued])
      .when(open({}, AT + 1_000))
      .thenRefused('conflict', /expired/);
  });

  it('is nothing to whoever lacks its token, whatever became of it', () => {
    const wrong = open({ tokenHash: 'x'.repeat(43) });
    for (const history of [[], [issued], [issued, opened], [issued, revoked(null)]])
      given(history).when(wrong).thenRefused('not-found');
  });
});

describe('a console link that is revoked', () => {
  it('opens no more', () => {
    given([issued])
      .when(revoke)
      .then([revoked(null)]);
    given([issued, revoked(null)])
      .when(open())
      .thenRefused('conflict', /revoked/);
  });

  it('names the session that ends with it', () => {
    given([issued, opened])
      .when(revoke)
      .then([revoked(sessionId)]);
  });

  it('stays so, however often', () =>
    given([issued, revoked(null)])
      .when(revoke)
      .thenNothing());

  it('has to be one', () => when(revoke).thenRefused('not-found'));
});

describe('the site that may frame the console', () => {
  const fits = (origin: string) => originSchema.safeParse(origin).success;

  it.each([
    'https://portal.example',
    'https://portal.example:8443',
    'http://localhost:5173',
    'http://127.0.0.1:8080',
    'http://[::1]:8080',
  ])('may be %s', (origin) => expect(fits(origin)).toBe(true));

  it.each([
    ...['http://portal.example', 'https://portal.example/', 'https://portal.example/path', 'https://Portal.example'],
    ...['https://portal.example:443', 'https://*.example', 'portal.example', 'null', 'javascript:alert(1)', ''],
    ...["https://a.example 'unsafe-inline'", 'https://a.example;script-src *', 'http://localhost.example'],
    ...['https://user@portal.example', 'http://127.example.com'],
    ...['ftp://localhost', 'https://a.example;x', "https://'self'", 'https://a.example,b.example'],
  ])('may not be %s', (origin) => expect(fits(origin)).toBe(false));
});

describe('the URL of a link', () => {
  it('has its secret behind the #, together with the id', () => {
    const url = new URL(linkUrl('https://hooks.example', linkId, tokenHash));
    expect(url.pathname).toBe(`/console/link/${linkId}`);
    expect(`${url.pathname}${url.search}`).not.toContain(tokenHash);
    expect(readLinkToken(url.hash.slice(1))).toEqual({ linkId, secret: tokenHash });
  });

  it.each(['', linkId, `${linkId}.`, `${linkId}.${tokenHash}x`, `${linkId}.${tokenHash}.`])(
    'is none with %p',
    (token) => {
      expect(readLinkToken(token)).toBeUndefined();
    },
  );
});
