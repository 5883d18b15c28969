import { derivedId, type CommandMetadata } from '../../../../platform/kernel/index.ts';
import type { Role } from '../../roles.ts';
import { userIdOf } from '../resident-users.ts';
import { InviteUser, SetPassword } from '../user.commands.ts';

export const BEGIN = 1_700_000_000_000;
export const HOUR = 60 * 60_000;

export const by = (actor = 'client:tester', at = BEGIN): CommandMetadata => ({ at, actor, traceId: 'trace' });

/** The hash of the token of the n-th link. */
export const hashOf = (n: number): string => String(n).padStart(43, 'h');

export const linkNumber = (n: number, expiresAt = BEGIN + HOUR) => ({
  linkId: derivedId('link', n),
  tokenHash: hashOf(n),
  token: `sealed-${n}`,
  expiresAt,
});

export const ada = {
  userId: userIdOf('ada@one.example'),
  email: 'Ada@one.example',
  name: 'Ada',
  workspaceId: 'company1',
};

export const inviteAda = (n = 1, role: Role = 'viewer', metadata = by()) =>
  new InviteUser({ ...ada, role, link: linkNumber(n) }, metadata);

export const redeem = (n: number, at = BEGIN, passwordHash = 'scrypt$1') =>
  new SetPassword({ by: 'link', userId: ada.userId, passwordHash, tokenHash: hashOf(n) }, by('user:ada', at));
