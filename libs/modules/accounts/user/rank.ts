import type { Principal } from '../../../platform/http/index.ts';
import { invalid, Refusal } from '../../../platform/kernel/index.ts';
import { beyond } from '../../identity/contract.ts';
import { scopesOf, type Role } from '../roles.ts';

/** @throws {Refusal} `invalid` for a role that may do more than the one who gives it. */
export function requireGrantable(caller: Principal, role: Role): void {
  const excess = beyond([...scopesOf(role)], caller.scopes);
  if (excess.length > 0) throw invalid('role', `whoever gives it lacks ${excess.join(', ')}`);
}

/** @throws {Refusal} `forbidden` for a user who may do more than the one who asks. */
export function requireRank(caller: Principal, user: { readonly role: Role }): void {
  const excess = beyond([...scopesOf(user.role)], caller.scopes);
  if (excess.length > 0) {
    throw new Refusal('forbidden', `The user may do more than the one who asks: ${excess.join(', ')}.`);
  }
}
