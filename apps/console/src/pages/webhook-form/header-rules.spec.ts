import { describe, expect, it } from '@jest/globals';
import { headerProblems, type HeaderRow } from './header-rules.ts';

const rows = (...given: [string, string][]): HeaderRow[] => given.map(([name, value]) => ({ name, value }));
const wrong = (...given: [string, string][]) =>
  headerProblems(rows(...given), 'x-coro-').map(({ row, cell }) => `${row}.${cell}`);

describe('rows of headers', () => {
  it('may hold any header of one’s own, and no value', () => {
    expect(wrong(['Authorization', 'Bearer x'], ['X-Request-ID', ''], [' X-Trimmed ', 'é'])).toEqual([]);
  });

  it('are nothing when they are empty', () => {
    expect(wrong(['', ''], [' ', ''], ['', ''])).toEqual([]);
  });

  it.each([
    'Host',
    'content-length',
    'Webhook-Signature',
    'webhook-id',
    'X-Coro-Signature',
    'X-Nexudus-Hook-Signature',
    'a b',
    'a:',
  ])('cannot hold %s', (name) => expect(wrong(['Fine', ''], [name, 'x'])).toEqual(['1.name']));

  it('know the prefix of this installation only', () => {
    expect(headerProblems(rows(['X-Coro-Signature', 'x']), 'x-acme-')).toEqual([]);
    expect(headerProblems(rows(['X-Acme-Signature', 'x']), 'x-acme-')).toHaveLength(1);
    expect(headerProblems(rows(['X-Acme-Signature', 'x']), null)).toEqual([]);
  });

  it('name each header once', () => {
    expect(wrong(['Authorization', 'a'], ['authorization ', 'b'])).toEqual(['1.name']);
  });

  it('need a name for a value', () => {
    expect(wrong(['', 'Bearer x'])).toEqual(['0.name']);
  });

  it.each(['a\nb', '日本', '\u0000', 'x'.repeat(4_096)])('cannot send the value %j', (value) =>
    expect(wrong(['X-Value', value])).toEqual(['0.value']),
  );
});
