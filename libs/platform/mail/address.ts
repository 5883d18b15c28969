import { domainToASCII } from 'node:url';

/** A dot-atom of RFC 5322, and letters beyond ASCII. Nothing in it can end an address, a header or a line. */
const ADDRESS = /^[\p{L}\p{N}\p{M}.!#$%&'*+/=?^_`{|}~-]+@[\p{L}\p{N}\p{M}.-]+$/u;
const LONGEST = 254;

/** Whether it is one bare address. Whether anybody has it, its server knows. */
export const isAddress = (text: string): boolean => text.length <= LONGEST && ADDRESS.test(text);

export type Sender = { readonly name: string; readonly address: string };

/**
 * Reads `Name <address>` or `address`.
 * @throws {TypeError} for anything else.
 */
export function senderOf(text: string): Sender {
  const [, name = '', inBrackets] = /^([^<>\p{Cc}]*)<([^<>]*)>$/u.exec(text.trim()) ?? [];
  const address = inBrackets ?? text.trim();
  if (!isAddress(address))
    throw new TypeError('MAIL_FROM must be an address, such as Carillon <carillon@example.com>.');
  return { name: name.trim().replace(/^"(.*)"$/, '$1'), address };
}

/** The domain of a sender in ASCII, as message ids need it. */
export function domainOf(mailFrom: string): string {
  const { address } = senderOf(mailFrom);
  return domainToASCII(address.slice(address.lastIndexOf('@') + 1));
}
