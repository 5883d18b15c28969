import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { errorDescriptions, OutboundRefused } from './outbound-answer.ts';
import { MAX_URL_LENGTH, parseTarget } from './target-url.ts';

const refusal = (url: string): OutboundRefused => {
  try {
    parseTarget(url);
  } catch (error) {
    if (error instanceof OutboundRefused) return error;
    throw error;
  }
  throw new Error(`accepted: ${url}`);
};

describe('a target URL', () => {
  it.each([
    ['https://example.com/hooks?x=1', 'https://example.com/hooks?x=1'],
    ['http://example.com', 'http://example.com/'],
    ['HTTPS://EXAMPLE.com:443/a', 'https://example.com/a'],
    ['https://bücher.example/', 'https://xn--bcher-kva.example/'],
    ['http://[2001:4860::1]:8080/', 'http://[2001:4860::1]:8080/'],
    ['http://2130706433/', 'http://127.0.0.1/'],
  ])('%s is accepted as %s', (url, href) => {
    expect(parseTarget(url).href).toBe(href);
  });

  it.each([
    ['another scheme', 'ftp://example.com/'],
    ['a file', 'file:///etc/passwd'],
    ['a script', 'javascript:alert(1)'],
    ['data', 'data:text/plain,x'],
    ['no scheme', 'example.com/hooks'],
    ['a scheme-relative URL', '//example.com/hooks'],
    ['nothing', ''],
    ['no host', 'https://'],
    ['a port without a host', 'https://:8080/'],
    ['a port out of range', 'https://example.com:65536/'],
    ['a user name', 'https://user@example.com/'],
    ['a user name and password', 'https://user:pass@example.com/'],
    ['a password alone', 'https://:pass@example.com/'],
    ['a line break', 'https://example.com/a\nb'],
    ['a tab inside the host', 'https://exam\tple.com/'],
    ['a NUL', 'https://example.com/\0'],
    ['DEL', 'https://example.com/\u007f'],
    ['a C1 control character', 'https://example.com/\u0085'],
  ])('%s is refused', (_what, url) => {
    expect(refusal(url).errorClass).toBe('invalid-url');
  });

  it('has at most 2,048 characters', () => {
    const longest = 'https://example.com/'.padEnd(MAX_URL_LENGTH, 'a');

    expect(parseTarget(longest).href).toHaveLength(MAX_URL_LENGTH);
    expect(refusal(`${longest}a`).message).toContain('2048');
  });

  it('is not repeated in the refusal, since it may carry a secret', () => {
    expect(refusal('https://user:hunter2@example.com/').message).not.toContain('hunter2');
  });

  it('is accepted or refused, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl()), (text) => {
        try {
          expect(['http:', 'https:']).toContain(parseTarget(text).protocol);
        } catch (error) {
          expect(error).toBeInstanceOf(OutboundRefused);
        }
      }),
    );
  });
});

describe('the classes of failure', () => {
  it('each have a description that ends as a sentence', () => {
    for (const description of Object.values(errorDescriptions)) expect(description).toMatch(/^[A-Z].*\.$/);
  });
});
