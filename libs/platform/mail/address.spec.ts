import { describe, expect, it } from '@jest/globals';
import { domainOf, isAddress, senderOf } from './address.ts';

describe('an address', () => {
  it.each(['a@b', "first.last+tag'x@sub.example.com", 'grüße@münchen.example', '東京@例え.テスト'])('is %s', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  it.each([
    '',
    'a',
    '@b',
    'a@',
    'a@b@c',
    'a b@c',
    'a@b c',
    '<a@b>',
    '"a b"@c',
    'a,b@c',
    'a@b;c',
    'a@b\n',
    'a@b\u2028c',
  ])('is not %j', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});

describe('a sender', () => {
  it('is an address, with a name or without', () => {
    expect(senderOf('carillon@a.example')).toEqual({ name: '', address: 'carillon@a.example' });
    expect(senderOf(' Carillon, the bells <carillon@a.example> ')).toEqual({
      name: 'Carillon, the bells',
      address: 'carillon@a.example',
    });
    expect(senderOf('"Carillon" <carillon@a.example>').name).toBe('Carillon');
  });

  it.each(['', 'Carillon', 'Carillon <>', 'a@b, c@d', 'Carillon\r\nBcc: x@y <a@b>', 'a@b <c@d> <e@f>'])(
    'is not %j',
    (text) => {
      expect(() => senderOf(text)).toThrow(TypeError);
    },
  );

  it('has a domain that message ids can be made with', () => {
    expect(domainOf('Carillon <carillon@münchen.example>')).toBe('xn--mnchen-3ya.example');
  });
});
