import { describe, expect, it } from '@jest/globals';
import { headerProblems, MAX_HEADERS } from './header-rules.ts';

const problemsOf = (headers: Record<string, unknown>, prefix = 'X-Coro') => headerProblems(headers, prefix);
const fieldsOf = (headers: Record<string, unknown>) => problemsOf(headers).map(({ field }) => field);

describe('a configured header', () => {
  it.each([
    ['Authorization', 'Bearer token'],
    ['Content-Type', 'application/json'],
    ['User-Agent', 'ours'],
    ['X-Request-ID', '123e4567-e89b-12d3-a456-426614174000'],
    ['X-Coronation', 'begins like the prefix, without its hyphen'],
    ['webhooks', ''],
    ['X-Nexudus', 'begins like a reserved one, without its hyphen'],
    ["!#$%&'*+-.^_`|~", 'every character a token may have'],
    ['X-Latin', 'caf\u00e9\tau lait'],
    ['X-Long', 'v'.repeat(4_090)],
  ])('%s is allowed', (name, value) => expect(problemsOf({ [name]: value })).toEqual([]));

  it.each([
    'Host',
    'content-length',
    'TRANSFER-ENCODING',
    'Connection',
    'keep-alive',
    'Upgrade',
    'Expect',
    'webhook-id',
    'Webhook-Anything',
    'X-Coro-Signature',
    'x-coro-other',
    'X-Nexudus-Hook-Signature',
    'x-nexudus-hook-',
    '',
    'with space',
    'colon:',
    'ümlaut',
    'line\nbreak',
  ])('%j is refused by its name', (name) => expect(fieldsOf({ [name]: 'v' })).toEqual([name]));

  it.each([
    ['a line feed', 'a\nb'],
    ['a carriage return', 'a\rb'],
    ['NUL', 'a\0b'],
    ['another control character', 'a\u0007b'],
    ['text beyond Latin-1', '密码'],
    ['more than 4 KiB', 'v'.repeat(4_097)],
    ['a number', 5],
    ['null', null],
    ['a list', ['a']],
  ])('with %s is refused', (_what, value) => expect(fieldsOf({ 'X-Name': value })).toEqual(['X-Name']));

  it('follows the prefix of the installation', () => {
    expect(problemsOf({ 'X-Acme-Hook': 'v' }, 'X-Acme')).toHaveLength(1);
    expect(problemsOf({ 'X-Coro-Hook': 'v' }, 'X-Acme')).toEqual([]);
  });

  it('is given once, whatever its case', () => expect(fieldsOf({ 'X-A': '1', 'x-a': '2' })).toEqual(['x-a']));

  it('is named, never its value', () => {
    expect(JSON.stringify(problemsOf({ Authorization: 'hunter2\n' }))).not.toContain('hunter2');
  });

  it('comes with at most 49 others', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`X-${i}`, 'v']));
    expect(fieldsOf(many(MAX_HEADERS))).toEqual([]);
    expect(fieldsOf(many(MAX_HEADERS + 1))).toEqual(['']);
  });

  it('is named together with all the others that are wrong', () => {
    expect(fieldsOf({ Host: 'v', 'X-Fine': 'v', 'X-Number': 1 })).toEqual(['Host', 'X-Number']);
  });
});
