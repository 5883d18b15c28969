import { execFileSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { curlOf, hiddenHeaders, MASK, quoted } from './curl.ts';

/** What a shell hands over as arguments, with `curl` replaced by a function that prints them. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }\n${command}`;
  return execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}
const after = (args: readonly string[], flag: string): string | undefined => args[args.indexOf(flag) + 1];
const request = {
  url: 'https://example.com/hook',
  headers: { 'Content-Type': 'application/json' },
  body: '{"id":"1"}',
};

describe('a quoted text', () => {
  it('is the same text to a shell, whatever is in it', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 60 }).map((any) => any.replaceAll('\0', ''));
    const nasty = fc.constantFrom(
      "'",
      "''",
      '$(id)',
      '`id`',
      '\\',
      '"',
      '!!',
      '\n',
      '; rm x',
      "'; id #",
      '$HOME',
      '%s',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(text, nasty), { maxLength: 6 }), (parts) => {
        const whole = parts.join('');
        expect(argumentsOf(`curl ${quoted(whole)}`)).toEqual([whole]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the command of a request', () => {
  it('posts the exact body with its headers to the URL', () => {
    const args = argumentsOf(curlOf({ ...request, headers: { ...request.headers, 'X-Note': "it's $5" } }));
    expect(args).toEqual([
      ...['--globoff', '-X', 'POST', '-H', 'Content-Type: application/json', '-H', "X-Note: it's $5"],
      ...['--data-raw', request.body, '--url', request.url],
    ]);
  });

  it('leaves to curl what it makes itself', () => {
    const made = { host: 'example.com', Connection: 'keep-alive', 'content-length': '10' };
    expect(curlOf({ ...request, headers: made })).not.toMatch(/-H/);
  });

  it('names what is not told, and sends no mask', () => {
    const headers = { Authorization: MASK, 'X-Empty': '' };
    const args = argumentsOf(curlOf({ ...request, headers }));
    expect(args).toContain('Authorization: <Authorization>');
    expect(args).toContain('X-Empty;');
    expect(args.join(' ')).not.toContain(MASK);
    expect(hiddenHeaders(headers)).toEqual(['Authorization']);
  });

  it('reads no file for a body that begins with @, and takes brackets in a URL as they are', () => {
    const args = argumentsOf(curlOf({ url: 'https://example.com/[a]{b}', headers: {}, body: '@/etc/passwd' }));
    expect(after(args, '--data-raw')).toBe('@/etc/passwd');
    expect(args).toContain('--globoff');
    expect(after(args, '--url')).toBe('https://example.com/[a]{b}');
  });
});
