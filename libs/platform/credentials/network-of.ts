import ipaddr from 'ipaddr.js';

/**
 * What failures are counted by: an IPv4 address, or the 64-bit network of an IPv6 address, of which one caller has them all. What is
 * neither counts as it is.
 */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const known = ipaddr.process(address);
  if (known instanceof ipaddr.IPv4) return known.toString();
  const network = known.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
}
