import { describe, expect, it } from '@jest/globals';
import { urlHints, urlProblem } from './url-rules.ts';

describe('the URL of a webhook', () => {
  it.each([
    'https://example.com/hooks',
    'HTTP://example.com',
    ' https://example.com/a?b=c ',
    'https://bücher.example/',
  ])('may be %s', (url) => expect(urlProblem(url)).toBeUndefined());

  it.each([
    ['nothing', '  ', 'Enter the URL'],
    ['a name alone', 'example.com/hooks', 'full URL'],
    ['a scheme alone', 'https://', 'full URL'],
    ['one slash', 'https:/example.com', 'full URL'],
    ['another scheme', 'ftp://example.com', 'full URL'],
    ['a script', 'javascript:alert(1)', 'full URL'],
    ['a password', 'https://ada:x@example.com', 'authorization header'],
    ['a line break', 'https://example.com/a\nb', 'line breaks'],
    ['one that is too long', `https://example.com/${'a'.repeat(2_048)}`, '2,048'],
  ])('is not %s', (_what, url, problem) => expect(urlProblem(url)).toContain(problem));
});

describe('hints about a URL', () => {
  it('are none for a public one over https, and none for what is not one yet', () => {
    expect(
      ['', 'h', 'https://', 'https:/', 'mailto:a@b.example', 'https://example.com/hooks'].flatMap(urlHints),
    ).toEqual([]);
  });

  it('tell of http, of credentials and of a fragment', () => {
    expect(urlHints('http://example.com')).toEqual([expect.stringContaining('https')]);
    expect(urlHints('https://ada@example.com')).toEqual([expect.stringContaining('authorization header')]);
    expect(urlHints('https://example.com/#part')).toEqual([expect.stringContaining('#part')]);
  });

  it.each(['127.0.0.1', 'localhost', 'app.localhost', '[::1]', '2130706433', '0.0.0.0'])(
    'tell that %s is this machine',
    (host) =>
      expect(urlHints(`https://${host}:4400/`)).toEqual([expect.stringContaining('machine that this server runs on')]),
  );

  it.each([
    '10.1.2.3',
    '172.31.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '[fd00::1]',
    '[fe80::1]',
    'nas.local',
    'billing',
  ])('tell that %s is private', (host) =>
    expect(urlHints(`https://${host}/`)).toEqual([expect.stringContaining('private network')]),
  );

  it.each(['172.32.0.1', '100.128.0.1', '11.0.0.1', 'localhost.example.com', 'fd00.example.com'])(
    'say nothing of %s',
    (host) => expect(urlHints(`https://${host}/`)).toEqual([]),
  );

  it('tell of sites that others can read, by host and not by what only ends like it', () => {
    expect(urlHints('https://webhook.site/1')).toEqual([expect.stringContaining('webhook.site')]);
    expect(urlHints('https://eo1.m.pipedream.net')).toEqual([expect.stringContaining('pipedream.net')]);
    expect(urlHints('https://notwebhook.site')).toEqual([]);
  });
});
