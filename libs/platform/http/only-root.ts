import { Refusal } from '../kernel/index.ts';
import type { Principal } from './principal.ts';

/**
 * What is the installation's, and not a workspace's, only a principal of the root workspace changes.
 * @param what begins the message, such as `The catalog belongs`.
 * @throws {Refusal} `forbidden` for any other.
 */
export function requireRoot(principal: Principal, what: string): void {
  if (principal.reach() === 'everything') return;
  throw new Refusal('forbidden', `${what} to the installation; a token of the root workspace is needed.`);
}
