import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import {
  EMBEDDINGS,
  GLOBAL_UNICAST_V6,
  METADATA_ADDRESSES,
  REFUSED_RANGES,
  type Cidr,
  type Embedding,
  type IpAddress,
} from './address-ranges.ts';

export type AddressVerdict = { readonly allowed: true } | { readonly allowed: false; readonly reason: string };

export type AddressPolicy = {
  /** `address` as a resolver or socket spells it: dotted IPv4, or IPv6 without brackets. Anything else is refused. */
  readonly check: (address: string) => AddressVerdict;
};

const ALLOWED: AddressVerdict = { allowed: true };
const refused = (reason: string): AddressVerdict => ({ allowed: false, reason });
const METADATA = refused('a metadata service of a hosting platform');

const MAPPED: Cidr = ipaddr.parseCIDR('::ffff:0:0/96');

const isWithin = (address: IpAddress, [network, prefixLength]: Cidr): boolean =>
  address.kind() === network.kind() && address.match(network, prefixLength);

/**
 * ipaddr.js also reads octal and hexadecimal IPv4 parts, which no resolver gives, and takes `::1.2.3.4` for an IPv4-mapped address,
 * which it is not; the URL parser's spelling of IPv6 has no dots.
 */
function parseAddress(address: string): IpAddress | undefined {
  const unscoped = address.replace(/%.*$/, '');
  switch (isIP(unscoped)) {
    case 4:
      return ipaddr.IPv4.parse(unscoped);
    case 6:
      return ipaddr.IPv6.parse(new URL(`http://[${unscoped}]`).hostname.slice(1, -1));
    default:
      return undefined;
  }
}

/** An IPv4-mapped address becomes the IPv4 address, so that both spellings always get the same verdict. */
const unmapped = (address: IpAddress): IpAddress =>
  address instanceof ipaddr.IPv6 && isWithin(address, MAPPED) ? address.toIPv4Address() : address;

/**
 * Reads CIDRs such as `10.0.0.0/8` or `fd00::/8`.
 * @throws Error naming the first value that is not one.
 */
export function parseCidrs(values: readonly string[]): Cidr[] {
  return values.map((value) => {
    const match = /^([^/%]+)\/(\d{1,3})$/.exec(value.trim());
    const network = match?.[1] === undefined ? undefined : parseAddress(match[1]);
    const length = Number(match?.[2]);
    if (network === undefined || length > network.toByteArray().length * 8) {
      throw new Error(
        `"${value}" is not a CIDR; write an address and a prefix length, such as 10.0.0.0/8 or fd00::/8.`,
      );
    }
    return length >= MAPPED[1] && isWithin(network, MAPPED)
      ? [unmapped(network), length - MAPPED[1]]
      : [network, length];
  });
}

function embedded(address: IpAddress): { readonly how: Embedding; readonly v4: ipaddr.IPv4 }[] {
  if (!(address instanceof ipaddr.IPv6)) return [];
  return EMBEDDINGS.filter((how) => how.carries(address)).map((how) => {
    const [high, low] = how.halves(address.parts);
    return { how, v4: new ipaddr.IPv4([high >> 8, high & 0xff, low >> 8, low & 0xff]) };
  });
}

const isMetadata = (address: IpAddress): boolean =>
  METADATA_ADDRESSES.some((metadata) => isWithin(address, [metadata, metadata.kind() === 'ipv4' ? 32 : 128]));

/**
 * Which addresses may be connected to: public unicast ones, and those inside `allow`. An IPv6 address that carries an IPv4
 * address is judged by it; metadata services stay closed whatever `allow` says.
 * @throws Error naming a value of `allow` that is not a CIDR.
 */
export function addressPolicy({ allow }: { readonly allow: readonly string[] }): AddressPolicy {
  const opened = parseCidrs(allow);

  const judge = (address: IpAddress): AddressVerdict => {
    if (isMetadata(address)) return METADATA;
    const carried = embedded(address);
    if (carried.some(({ v4 }) => isMetadata(v4))) return METADATA;
    if (opened.some((cidr) => isWithin(address, cidr))) return ALLOWED;

    let judgedByCarried = false;
    for (const { how, v4 } of carried) {
      if (how.judged === 'hint') continue;
      const verdict = judge(v4);
      if (!verdict.allowed) return refused(`${verdict.reason}, carried by ${how.name}`);
      judgedByCarried ||= how.judged === 'is';
    }
    if (judgedByCarried) return ALLOWED;

    const range = REFUSED_RANGES.find(({ cidr }) => isWithin(address, cidr));
    if (range !== undefined) return refused(`${range.name} (${range.cidr.join('/')})`);
    if (address.kind() === 'ipv6' && !isWithin(address, GLOBAL_UNICAST_V6)) return refused('not global unicast');
    return ALLOWED;
  };

  return {
    check: (text) => {
      const address = parseAddress(text);
      return address === undefined ? refused('not an IP address') : judge(unmapped(address));
    },
  };
}
