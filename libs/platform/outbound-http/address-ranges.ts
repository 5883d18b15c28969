import ipaddr from 'ipaddr.js';

export type IpAddress = ipaddr.IPv4 | ipaddr.IPv6;
export type Cidr = readonly [network: IpAddress, prefixLength: number];
export type AddressRange = { readonly cidr: Cidr; readonly name: string };

const range = ([cidr, name]: readonly [string, string]): AddressRange => ({ cidr: ipaddr.parseCIDR(cidr), name });

/** Ranges without public receivers: the IANA special-purpose registries, multicast, and what was deprecated from them. */
export const REFUSED_RANGES: readonly AddressRange[] = (
  [
    ['0.0.0.0/8', '"this network"'],
    ['10.0.0.0/8', 'private'],
    ['100.64.0.0/10', 'carrier-grade NAT'],
    ['127.0.0.0/8', 'loopback'],
    ['169.254.0.0/16', 'link-local'],
    ['172.16.0.0/12', 'private'],
    ['192.0.0.0/24', 'protocol assignment'],
    ['192.0.2.0/24', 'documentation'],
    ['192.88.99.0/24', '6to4 relay'],
    ['192.168.0.0/16', 'private'],
    ['198.18.0.0/15', 'benchmarking'],
    ['198.51.100.0/24', 'documentation'],
    ['203.0.113.0/24', 'documentation'],
    ['224.0.0.0/4', 'multicast'],
    ['255.255.255.255/32', 'broadcast'],
    ['240.0.0.0/4', 'reserved'],
    ['::/128', 'unspecified'],
    ['::1/128', 'loopback'],
    ['::/96', 'IPv4-compatible'],
    ['64:ff9b:1::/48', 'local NAT64'],
    ['100::/64', 'discard-only'],
    ['2001::/32', 'Teredo'],
    ['2001:10::/28', 'ORCHID'],
    ['2001:20::/28', 'ORCHID'],
    ['2001::/23', 'protocol assignment'],
    ['2001:db8::/32', 'documentation'],
    ['3fff::/20', 'documentation'],
    ['5f00::/16', 'segment routing'],
    ['fc00::/7', 'unique local'],
    ['fe80::/10', 'link-local'],
    ['fec0::/10', 'site-local'],
    ['ff00::/8', 'multicast'],
  ] as const
).map(range);

/** The only IPv6 space with public receivers; what is outside of it is refused without being listed. */
export const GLOBAL_UNICAST_V6: Cidr = ipaddr.parseCIDR('2000::/3');

/** Services of hosting platforms that hand credentials to whoever asks. No setting opens them. */
export const METADATA_ADDRESSES: readonly IpAddress[] = [
  '169.254.169.254', // AWS, Azure, Google, OpenStack and others
  '169.254.170.2', // AWS ECS tasks
  '169.254.170.23', // AWS EKS pods
  '100.100.100.200', // Alibaba
  '168.63.129.16', // Azure wire server
  '192.0.0.192', // Oracle
  'fd00:ec2::254', // AWS
  'fd00:ec2::23', // AWS EKS pods
  'fd20:ce::254', // Google
  'fe80::a9fe:a9fe', // OpenStack
].map((address) => ipaddr.parse(address));

export type Embedding = {
  readonly name: string;
  /**
   * `is`: packets end at the IPv4 address, so its verdict is the verdict. `also`: the address must be public in itself as well.
   * `hint`: the range is refused as such; the IPv4 address only tells whether it is a metadata service.
   */
  readonly judged: 'is' | 'also' | 'hint';
  readonly carries: (address: ipaddr.IPv6) => boolean;
  /** The 16-bit halves of the IPv4 address. */
  readonly halves: (parts: readonly number[]) => readonly [number, number];
};

const within = (cidr: string): Embedding['carries'] => {
  const network = ipaddr.IPv6.parseCIDR(cidr);
  return (address) => address.match(network);
};
const part = (parts: readonly number[], index: number): number => parts[index] ?? 0;
const lastHalves = (parts: readonly number[]): readonly [number, number] => [part(parts, 6), part(parts, 7)];

/** The ways in which an IPv6 address can carry an IPv4 address, besides IPv4-mapped ones, which are IPv4 addresses (RFC 4291, 6052, 7915, 3056, 4380, 5214). */
export const EMBEDDINGS: readonly Embedding[] = [
  { name: 'IPv4-translated', judged: 'is', carries: within('::ffff:0:0:0/96'), halves: lastHalves },
  { name: 'NAT64', judged: 'is', carries: within('64:ff9b::/96'), halves: lastHalves },
  {
    name: '6to4',
    judged: 'is',
    carries: within('2002::/16'),
    halves: (parts) => [part(parts, 1), part(parts, 2)],
  },
  {
    name: 'ISATAP',
    judged: 'also',
    // The universal/local bit (0x0200) and the group bit do not change what the interface id means.
    carries: ({ parts }) => (part(parts, 4) & 0xfcff) === 0 && part(parts, 5) === 0x5efe,
    halves: lastHalves,
  },
  { name: 'IPv4-compatible', judged: 'hint', carries: within('::/96'), halves: lastHalves },
  { name: 'local NAT64', judged: 'hint', carries: within('64:ff9b:1::/48'), halves: lastHalves },
  {
    name: 'local NAT64 (/48)',
    judged: 'hint',
    carries: within('64:ff9b:1::/48'),
    // RFC 6052 §2.2: bits 64 to 71 are skipped.
    halves: (parts) => [part(parts, 3), ((part(parts, 4) & 0xff) << 8) | (part(parts, 5) >> 8)],
  },
  {
    name: 'Teredo',
    judged: 'hint',
    carries: within('2001::/32'),
    halves: (parts) => [part(parts, 6) ^ 0xffff, part(parts, 7) ^ 0xffff],
  },
];
