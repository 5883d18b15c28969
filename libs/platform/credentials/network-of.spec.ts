import { describe, expect, it } from '@jest/globals';
import { networkOf } from './network-of.ts';

describe('failures of a network address', () => {
  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:1:ffff:ffff:ffff:ffff'],
    ['2001:DB8::', '2001:0db8:0000:0000:0000:0000:0000:0001'],
    ['fe80::1%eth0', 'fe80::2'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
  ])('count together with those of %s as of %s', (one, other) => expect(networkOf(one)).toBe(networkOf(other)));

  it.each([
    ['2001:db8:0:1::1', '2001:db8:0:2::1'],
    ['192.0.2.1', '192.0.2.2'],
    ['::1', '127.0.0.1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2'],
    ['unix', ''],
  ])('of %s count apart from those of %s', (one, other) => expect(networkOf(one)).not.toBe(networkOf(other)));
});
