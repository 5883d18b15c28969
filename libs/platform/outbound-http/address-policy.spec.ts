import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addressPolicy, parseCidrs } from './address-policy.ts';

const nothingOpened = addressPolicy({ allow: [] });
const everythingOpened = addressPolicy({ allow: ['0.0.0.0/0', '::/0'] });

/** The host of a URL as it reaches the connection: the URL parser has read decimal, octal and hexadecimal by then. */
const hostOf = (host: string): string => new URL(`http://${host}/`).hostname.replace(/^\[|\]$/g, '');
const allows = (host: string, policy = nothingOpened): boolean => policy.check(hostOf(host)).allowed;

const PUBLIC = `
  1.1.1.1 8.8.8.8 9.255.255.255 11.0.0.0 93.184.216.34 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 134744072
  0x08080808 169.253.255.255 169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.0.3.0 192.88.98.255 192.167.255.255
  192.169.0.0 198.17.255.255 198.20.0.0 198.51.99.255 203.0.112.255 203.0.114.0 223.255.255.255
  [2606:4700:4700::1111] [2001:4860:4860::8888] [2001:200::1] [2a00:1450::1] [2001:db7:ffff::1] [2001:db9::] [3ffe::1]
  [::ffff:8.8.8.8] [::ffff:808:808] [::ffff:0:8.8.8.8] [64:ff9b::8.8.8.8] [2002:808:808::1] [2606:4700::5efe:8.8.8.8]
  [2606:4700::200:5efe:8.8.8.8]`;

const REFUSED = `
  0.0.0.0 0 0.1.2.3 0.255.255.255 10.0.0.0 10.0.0.1 10.254.0.0 10.255.255.255 100.64.0.0 100.100.0.0 100.127.255.255
  127.0.0.1 127.0.0.1. 127.1 127.0.1 127.255.255.254 2130706433 0x7f000001 0x7f.1 0177.0.0.1 017700000001 0x7F.0.0.0x1 127.0x1
  169.254.0.0 169.254.45.1 169.254.255.255 172.16.0.0 172.16.10.65 172.31.255.255 2886729729 0xac100001
  192.0.0.0 192.0.0.8 192.0.0.170 192.0.0.255 192.0.2.0 192.0.2.255 192.88.99.1 192.168.0.1 192.168.10.65 192.168.255.255
  3232235521 0300.0250.0.1 198.18.0.0 198.19.255.255 198.51.100.65 203.0.113.6 224.0.0.1 239.255.255.255 240.0.0.0
  250.10.20.30 255.255.255.254 255.255.255.255 4294967295
  169.254.169.254 2852039166 0xa9fea9fe 0xa9.0xfe.0xa9.0xfe 0251.0376.0251.0376 169.254.43518 169.254.170.2 169.254.170.23
  100.100.100.200 168.63.129.16 192.0.0.192
  [::] [::1] [0:0:0:0:0:0:0:1] [::2] [::7f00:1] [::127.0.0.1] [::8.8.8.8] [::a9fe:a9fe] [::ffff] [::1:0:0]
  [::ffff:127.0.0.1] [::ffff:7f00:1] [0:0:0:0:0:ffff:10.0.0.1] [::ffff:192.168.1.1] [::ffff:0.0.0.0] [::ffff:255.255.255.255]
  [::ffff:169.254.169.254] [::ffff:a9fe:a9fe] [::ffff:168.63.129.16]
  [::ffff:0:127.0.0.1] [::ffff:0:7f00:1] [::ffff:0:169.254.169.254]
  [64:ff9b::127.0.0.1] [64:ff9b::a00:1] [64:ff9b::169.254.169.254] [64:ff9b::100.100.100.200] [64:ff9b:0:1::1] [64:ff9c::1]
  [64:ff9b:1::1] [64:ff9b:1::8.8.8.8] [64:ff9b:1:ffff:ffff:ffff:ffff:ffff]
  [2002:7f00:1::] [2002:7f00:1::1] [2002:a00:1::] [2002:c0a8:101::1] [2002:a9fe:a9fe::] [2002:e000:1::]
  [2001::1] [2001:0:4136:e378:8000:63bf:80ff:fffe] [2001:0:4136:e378:8000:63bf:f7f7:f7f7] [2001:0:0:0:0:0:5601:5601]
  [2001:2::1] [2001:10::1] [2001:1f::1] [2001:20::1] [2001:2f:ffff::1] [2001:1ff::1]
  [2001:db8::1] [2001:db8:ffff:ffff:ffff:ffff:ffff:ffff] [3fff::1] [3fff:fff::1] [5f00::1] [5f00:ffff::1]
  [100::] [100::ffff:ffff:ffff:ffff] [100:0:0:1::1] [200::1] [400::1] [1fff::1] [4000::1] [8000::1] [e000::1]
  [fc00::] [fc00::1] [fd12:3456::1] [fdff:ffff::1] [fd00:ec2::254] [fd00:ec2::23] [fd20:ce::254] [fe00::1]
  [fe80::] [fe80::1] [fe80::a9fe:a9fe] [febf:ffff::1] [fec0::1] [feff::1] [ff00::] [ff02::1] [ff0e::1] [ffff::1]
  [2606:4700::5efe:10.0.0.1] [2606:4700::200:5efe:127.0.0.1] [2606:4700::300:5efe:192.168.0.1]
  [2606:4700::5efe:169.254.169.254] [fe80::5efe:8.8.8.8] [::5efe:127.0.0.1] [2002:808:808::5efe:10.0.0.1]`;

const METADATA_V4 = `169.254.169.254 169.254.170.2 169.254.170.23 100.100.100.200 168.63.129.16`.split(' ');
const METADATA_V6 = `fd00:ec2::254 fd20:ce::254`.split(' ');
const words = (text: string): string[] => text.trim().split(/\s+/);

const v4 = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
const dotted = (bytes: readonly number[]): string => bytes.join('.');
const hex = (bytes: readonly number[]): string =>
  Array.from({ length: bytes.length / 2 }, (_, i) =>
    (((bytes[2 * i] ?? 0) << 8) | (bytes[2 * i + 1] ?? 0)).toString(16),
  ).join(':');
const v6 = fc.tuple(...Array.from({ length: 16 }, () => fc.nat(255))).map(hex);

/** Addresses of a CIDR, given as its network's bytes. */
function inside(network: readonly number[], length: number): fc.Arbitrary<number[]> {
  const bytes = network.map((byte, index) => {
    const mask = (0xff00 >> Math.min(8, Math.max(0, length - index * 8))) & 0xff;
    return fc.nat(255).map((random) => (byte & mask) | (random & ~mask & 0xff));
  });
  return fc.tuple(...bytes);
}
const bytesOf = (parts: readonly number[]): number[] =>
  [...parts, ...Array.from({ length: 8 - parts.length }, () => 0)].flatMap((part) => [part >> 8, part & 0xff]);
const written = (bytes: readonly number[]): string => (bytes.length === 4 ? dotted(bytes) : hex(bytes));

const REFUSED_CIDRS: [string, number[], number][] = [
  ['0.0.0.0/8', [0, 0, 0, 0], 8],
  ['10.0.0.0/8', [10, 0, 0, 0], 8],
  ['100.64.0.0/10', [100, 64, 0, 0], 10],
  ['127.0.0.0/8', [127, 0, 0, 0], 8],
  ['169.254.0.0/16', [169, 254, 0, 0], 16],
  ['172.16.0.0/12', [172, 16, 0, 0], 12],
  ['192.0.0.0/24', [192, 0, 0, 0], 24],
  ['192.0.2.0/24', [192, 0, 2, 0], 24],
  ['192.168.0.0/16', [192, 168, 0, 0], 16],
  ['198.18.0.0/15', [198, 18, 0, 0], 15],
  ['198.51.100.0/24', [198, 51, 100, 0], 24],
  ['203.0.113.0/24', [203, 0, 113, 0], 24],
  ['224.0.0.0/3', [224, 0, 0, 0], 3],
  ['::/96', bytesOf([]), 96],
  ['64:ff9b:1::/48', bytesOf([0x64, 0xff9b, 1]), 48],
  ['100::/64', bytesOf([0x100]), 64],
  ['2001::/32', bytesOf([0x2001]), 32],
  ['2001:10::/28', bytesOf([0x2001, 0x10]), 28],
  ['2001:20::/28', bytesOf([0x2001, 0x20]), 28],
  ['2001:db8::/32', bytesOf([0x2001, 0xdb8]), 32],
  ['3fff::/20', bytesOf([0x3fff]), 20],
  ['4000::/2', bytesOf([0x4000]), 2],
  ['5f00::/16', bytesOf([0x5f00]), 16],
  ['8000::/1', bytesOf([0x8000]), 1],
  ['fc00::/7', bytesOf([0xfc00]), 7],
  ['fe80::/10', bytesOf([0xfe80]), 10],
  ['fec0::/10', bytesOf([0xfec0]), 10],
  ['ff00::/8', bytesOf([0xff00]), 8],
];

/** Every way to write an IPv4 address into an IPv6 one. */
const formsOf = (address: string): string[] => {
  const bytes = address.split('.').map(Number);
  const low = hex(bytes);
  const inverted = hex(bytes.map((byte) => byte ^ 0xff));
  return [
    `::ffff:${low}`,
    `::ffff:0:${low}`,
    `64:ff9b::${low}`,
    `64:ff9b:1::${low}`,
    `64:ff9b:1:${hex(bytes.slice(0, 2))}:${hex([0, bytes[2] ?? 0])}:${hex([bytes[3] ?? 0, 0])}::`,
    `2002:${low}::1`,
    `2001::${inverted}`,
    `::${low}`,
    `2606:4700::5efe:${low}`,
    `2606:4700::200:5efe:${low}`,
  ];
};

describe('the address policy', () => {
  it.each(words(PUBLIC))('lets %s be called', (host) => {
    expect(allows(host)).toBe(true);
  });

  it.each(words(REFUSED))('refuses %s', (host) => {
    expect(allows(host)).toBe(false);
  });

  it.each(['localhost', '', '1.2.3', '0x7f.0.0.1', '010.0.0.1', '[::1]', '1.1.1.1/32', '1.1.1.1 '])(
    'refuses %p, which no resolver gives as an address',
    (text) => {
      expect(nothingOpened.check(text)).toEqual({ allowed: false, reason: 'not an IP address' });
    },
  );

  it('judges an address with a zone by the address', () => {
    expect(nothingOpened.check('fe80::1%eth0').allowed).toBe(false);
    expect(everythingOpened.check('fe80::a9fe:a9fe%eth0').allowed).toBe(false);
  });

  it('says why', () => {
    expect(nothingOpened.check('10.1.2.3')).toEqual({ allowed: false, reason: 'private (10.0.0.0/8)' });
    expect(nothingOpened.check('2002:7f00:1::')).toEqual({
      allowed: false,
      reason: 'loopback (127.0.0.0/8), carried by 6to4',
    });
    expect(nothingOpened.check('4000::1')).toEqual({ allowed: false, reason: 'not global unicast' });
  });

  it.each(REFUSED_CIDRS)('refuses every address in %s', (_cidr, network, length) => {
    fc.assert(fc.property(inside(network, length), (bytes) => !nothingOpened.check(written(bytes)).allowed));
  });

  it('gives the IPv4-mapped form the verdict of the IPv4 address, whatever is opened', () => {
    const policies = [[], ['10.0.0.0/8'], ['::/0'], ['0.0.0.0/0'], ['::ffff:172.16.0.0/108']].map((allow) =>
      addressPolicy({ allow }),
    );
    fc.assert(
      fc.property(fc.oneof(v4, inside([10, 0, 0, 0], 8), inside([172, 16, 0, 0], 12)), (bytes) => {
        for (const { check } of policies) {
          expect(check(`::ffff:${dotted(bytes)}`)).toEqual(check(dotted(bytes)));
          expect(check(`::ffff:${hex(bytes)}`)).toEqual(check(dotted(bytes)));
        }
      }),
    );
  });

  it('never lets an IPv6 form reach an IPv4 address that is refused', () => {
    fc.assert(
      fc.property(v4, (bytes) => {
        if (nothingOpened.check(dotted(bytes)).allowed) return;
        for (const form of formsOf(dotted(bytes))) expect(nothingOpened.check(form).allowed).toBe(false);
      }),
    );
  });

  it('allows no IPv6 address outside 2000::/3 that does not stand for an IPv4 address', () => {
    fc.assert(
      fc.property(v6, (address) => {
        if (!nothingOpened.check(address).allowed) return;
        expect(Number.parseInt(address, 16) >> 13).toBe(1);
      }),
    );
  });
});

describe('an opened network', () => {
  const opened = addressPolicy({ allow: ['10.1.0.0/16', 'fd12::/16', ' 127.0.0.0/8 '] });

  it('can be called, in the IPv4-mapped form too', () => {
    for (const address of ['10.1.0.0', '10.1.255.255', '::ffff:10.1.2.3', '127.0.0.1', 'fd12::1']) {
      expect(opened.check(address)).toEqual({ allowed: true });
    }
  });

  it('opens nothing beside it', () => {
    for (const address of ['10.0.255.255', '10.2.0.0', '192.168.0.1', 'fd13::1', '::1']) {
      expect(opened.check(address).allowed).toBe(false);
    }
  });

  it.each(METADATA_V4)('never opens the metadata address %s, in any form', (address) => {
    const policies = [everythingOpened, ...[address, ...formsOf(address)].map((form) => exactly(form))];
    for (const { check } of policies) {
      for (const form of [address, ...formsOf(address)]) expect(check(form).allowed).toBe(false);
    }
  });

  it.each(METADATA_V6)('never opens the metadata address %s', (address) => {
    expect(exactly(address).check(address).allowed).toBe(false);
    expect(everythingOpened.check(address).allowed).toBe(false);
  });

  it('never opens a metadata address, whatever the networks are', () => {
    const cidr = fc.oneof(
      fc.tuple(v4.map(dotted), fc.nat(32)).map((parts) => parts.join('/')),
      fc.tuple(v6, fc.nat(128)).map((parts) => parts.join('/')),
      fc.tuple(fc.constantFrom(...METADATA_V4), fc.nat(32)).map((parts) => parts.join('/')),
      fc.tuple(fc.constantFrom(...METADATA_V6), fc.nat(128)).map((parts) => parts.join('/')),
    );
    fc.assert(
      fc.property(fc.array(cidr), (allow) => {
        const { check } = addressPolicy({ allow });
        for (const address of [...METADATA_V4, ...METADATA_V4.flatMap(formsOf), ...METADATA_V6]) {
          expect(check(address).allowed).toBe(false);
        }
      }),
    );
  });

  it.each([
    '',
    '10.0.0.0',
    '10.0.0.0/',
    '10.0.0.0/33',
    '10.0.0/8',
    '010.0.0.0/8',
    '::/129',
    'fe80::%eth0/10',
    'private',
  ])('cannot be written as %p', (value) => {
    expect(() => parseCidrs(['10.0.0.0/8', value])).toThrow(`"${value}" is not a CIDR`);
    expect(() => addressPolicy({ allow: [value] })).toThrow(`"${value}" is not a CIDR`);
  });
});

function exactly(address: string): ReturnType<typeof addressPolicy> {
  return addressPolicy({ allow: [`${address}/${address.includes(':') ? 128 : 32}`] });
}
