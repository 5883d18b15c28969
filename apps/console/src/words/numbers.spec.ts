import { describe, expect, it } from '@jest/globals';
import { bytes, count, share } from './numbers.ts';

describe('a count', () => {
  it('names one and many', () => {
    expect(count(1, ['webhook', 'webhooks'])).toBe('1 webhook');
    expect(count(0, ['webhook', 'webhooks'])).toBe('0 webhooks');
    expect(count(88, ['webhook', 'webhooks'])).toBe('88 webhooks');
  });
});

describe('a share', () => {
  it('is 100% of all alone', () => {
    expect(share(1_000_000, 1_000_000)).toBe('100%');
    expect(share(999_999, 1_000_000)).toBe('99.9%');
  });
  it('is 0% of nothing alone', () => {
    expect(share(0, 10)).toBe('0%');
    expect(share(1, 1_000_000)).toBe('< 0.1%');
  });
  it('is a dash of nothing', () => expect(share(0, 0)).toBe('–'));
});

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [1023, '1023 B'],
    [1024, '1 KB'],
    [8_400, '8.2 KB'],
    [200 * 1024, '200 KB'],
    [5 * 1024 ** 3, '5 GB'],
  ])('%i are "%s"', (value, text) => expect(bytes(value)).toBe(text));
});
