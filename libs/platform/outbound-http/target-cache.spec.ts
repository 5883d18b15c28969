import { describe, expect, it } from '@jest/globals';
import { OutboundRefused } from './outbound-answer.ts';
import { TargetCache } from './target-cache.ts';

describe('the cache of targets', () => {
  it('knows where to send', () => {
    expect(new TargetCache().get('HTTPS://Example.com:443/a?b=c#d')).toEqual({
      origin: 'https://example.com',
      path: '/a?b=c',
      secure: true,
    });
  });

  it('parses a URL once, and again when it was pushed out by others', () => {
    const cache = new TargetCache(2);
    const first = cache.get('http://a.test/');
    cache.get('http://b.test/');
    expect(cache.get('http://a.test/')).toBe(first);

    cache.get('http://c.test/');
    expect(cache.get('http://a.test/')).not.toBe(first);
  });

  it('refuses what cannot be a target, every time', () => {
    const cache = new TargetCache();
    for (let i = 0; i < 2; i += 1) expect(() => cache.get('ftp://a.test/')).toThrow(OutboundRefused);
  });
});
