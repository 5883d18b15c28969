import type { Principal } from '../../../platform/http/index.ts';
import { Refusal } from '../../../platform/kernel/index.ts';

/**
 * The catalog is the installation's, not a workspace's: only a principal of the root workspace writes to it.
 * @throws {Refusal} `forbidden` for any other.
 */
export function requireRoot(principal: Principal): void {
  if (principal.reach() === 'everything') return;
  throw new Refusal('forbidden', 'The catalog belongs to the installation; a token of the root workspace is needed.');
}
