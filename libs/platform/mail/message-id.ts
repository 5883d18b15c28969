import { domainOf } from './address.ts';

const LONGEST_DOMAIN = 100;
const DOMAIN = /^[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*$/;

/** The same for every attempt, so that a mail which arrives twice is seen to be one. Without angle brackets. */
export function messageIdOf(kind: string, id: string, mailFrom: string): string {
  const domain = domainOf(mailFrom);
  const isSound = domain.length <= LONGEST_DOMAIN && DOMAIN.test(domain);
  return `${kind}.${id}@${isSound ? domain : 'localhost'}`;
}
