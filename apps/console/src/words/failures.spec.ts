import { describe, expect, it } from '@jest/globals';
import { failureInWords } from './failures.ts';

const of = (errorClass: string | null, statusCode: number | null = null, error: string | null = null) =>
  failureInWords({ errorClass, statusCode, error });

describe('a failed attempt in words', () => {
  it.each([
    'invalid-url',
    'dns',
    'refused-address',
    'connect-refused',
    'connect-timeout',
    'timeout',
    'tls',
    'connection-lost',
    'protocol',
  ])('has words of its own for %s', (errorClass) => expect(of(errorClass).short).not.toBe(of('never-heard-of').short));

  it('says what was answered', () => {
    expect(of('http-status', 503)).toMatchObject({ short: 'answered 503', happened: 'The receiver answered 503.' });
    expect(of('http-status', 302).short).toBe('redirect not followed');
  });

  it.each([400, 401, 403, 404, 405, 410, 413, 429, 500, 503])('advises what to do about %i', (status) =>
    expect(of('http-status', status).advice).toMatch(/^[A-Z].*\.$/),
  );

  it('prefers the sentence of the server, which is more exact', () =>
    expect(of('tls', null, "The receiver's certificate has expired.").happened).toBe(
      "The receiver's certificate has expired.",
    ));
});
