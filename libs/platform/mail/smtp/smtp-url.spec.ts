import { describe, expect, it } from '@jest/globals';
import { readSmtpUrl } from './smtp-url.ts';

describe('the URL of an SMTP server', () => {
  it('has the port of submission unless it names one', () => {
    expect(readSmtpUrl('smtp://mail.example')).toMatchObject({ host: 'mail.example', port: 587, secure: false });
    expect(readSmtpUrl('smtps://mail.example/')).toMatchObject({ host: 'mail.example', port: 465, secure: true });
    expect(readSmtpUrl('smtp://mail.example:25')).toMatchObject({ port: 25 });
    expect(readSmtpUrl('smtp://[::1]:1025')).toMatchObject({ host: '::1', port: 1025 });
  });

  it('has credentials that are percent-encoded', () => {
    const { auth } = readSmtpUrl('smtps://me%40mail.example:a%3Ab%2Fc%25@mail.example');
    expect(auth).toEqual({ user: 'me@mail.example', pass: 'a:b/c%' });
    expect(readSmtpUrl('smtp://mail.example').auth).toBeUndefined();
  });

  it('lets no credentials leave the machine in the clear', () => {
    expect(readSmtpUrl('smtp://me:secret@mail.example').requireTLS).toBe(true);
    expect(readSmtpUrl('smtp://me:secret@127.0.0.1.example').requireTLS).toBe(true);
    for (const here of ['localhost', '127.0.0.1', '[::1]'])
      expect(readSmtpUrl(`smtp://me:secret@${here}`).requireTLS).toBe(false);
    expect(readSmtpUrl('smtp://catcher:1025').requireTLS).toBe(false);
  });

  it.each([
    '',
    'mail.example',
    'http://me:secret@mail.example',
    'smtp://me:secret@',
    'smtp://secret@mail.example',
    'smtp://me:secret@mail.example:70000',
    'smtp://me:sec%ret@mail.example',
    'smtp://me:secret@mail.example/path',
    'smtps://me:secret@mail.example?tls.rejectUnauthorized=false',
  ])('is not %j, and what was given is not repeated', (url) => {
    const read = () => readSmtpUrl(url);
    expect(read).toThrow(/^SMTP_URL must be smtp:/);
    expect(read).not.toThrow(/secret|sec%ret/);
  });
});
