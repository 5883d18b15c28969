import { describe, expect, it } from '@jest/globals';
import { accountLetter, type LetterFacts } from './account-letter.ts';

const facts: LetterFacts = {
  purpose: 'invitation',
  address: 'ada@one.example',
  name: 'Ada',
  role: 'webhook-admin',
  workspaceName: 'Acme',
  expiresAt: Date.parse('2026-11-09T09:00:00Z'),
  url: 'https://hooks.example/console/password#id.token',
};

describe('an invitation', () => {
  const { subject, text, html } = accountLetter(facts);

  it('says to what, as whom and until when', () => {
    expect(subject).toBe('You are invited to the webhooks of Acme');
    expect(text).toContain('Hello Ada,');
    expect(text).toContain('webhook administrator');
    expect(text.replace(/\n/g, ' ')).toContain('used once, until 9 November 2026, 09:00 UTC.');
  });

  it('has the link in text and in HTML, whole', () => {
    expect(text).toContain(`Choose a password:\n${facts.url}\n`);
    expect(html).toContain(`href="${facts.url}"`);
  });

  it('fetches nothing from anywhere', () => expect(html).not.toMatch(/<(img|script|link|iframe)|url\(/));
});

describe('a mail about another password', () => {
  it('does not say who asked for it, and greets without a name where there is none', () => {
    const { subject, text } = accountLetter({ ...facts, purpose: 'reset', name: '' });
    expect(subject).toBe('Choose a new password for the webhook console');
    expect(text).toMatch(/^Hello,\n\nA new password was asked for, for ada@one\.example\./);
  });
});

describe('what somebody typed', () => {
  const evil = '<img src=x onerror=alert(1)>"\r\nBcc: eve@evil.example\u202e';
  const { subject, text, html } = accountLetter({ ...facts, name: evil, workspaceName: evil });

  it('is text, of one line', () => {
    expect(subject).not.toMatch(/[\r\n\u202e]/);
    expect(text).not.toMatch(/\nBcc|\u202e/);
    expect(html).not.toContain('<img');
  });
});
