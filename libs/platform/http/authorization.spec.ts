import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { basicCredentials, basicToken, challengeOf } from './authorization.ts';

const headerOf = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
const read = (authorization: string) => basicCredentials(basicToken(authorization) ?? '');

describe('HTTP Basic', () => {
  it('carries an id and a secret, in UTF-8, of which the secret may contain colons', () => {
    const text = fc.array(fc.oneof(fc.constant(':'), fc.string({ unit: 'grapheme' }))).map((parts) => parts.join(''));
    const withoutColon = text.map((part) => part.replaceAll(':', ''));
    fc.assert(
      fc.property(withoutColon, text, (id, secret) => {
        expect(read(headerOf(`${id}:${secret}`))).toEqual({ id, secret });
      }),
    );
  });

  it('is named without regard to case', () => {
    for (const scheme of ['basic', 'BASIC', 'Basic ']) {
      expect(read(`${scheme} aWQ6c2VjcmV0`)).toEqual({ id: 'id', secret: 'secret' });
    }
  });

  it.each(['', 'Basic', 'Basic ', 'Basic a b', 'Bearer aWQ6c2VjcmV0', headerOf('no colon'), 'Basic %%%'])(
    'has no credentials in %p',
    (authorization) => {
      expect(read(authorization)).toBeUndefined();
    },
  );
});

describe('the challenge of a route', () => {
  it('names Basic where it is taken, beside bearer tokens', () => {
    expect(challengeOf({ takesBasic: false })).toBe('Bearer');
    expect(challengeOf({ takesBasic: true })).toBe('Bearer, Basic realm="Carillon", charset="UTF-8"');
  });
});
