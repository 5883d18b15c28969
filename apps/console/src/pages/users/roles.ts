import type { Role } from '../../api/session.ts';

/** Each may do more than the one before. */
export const ROLES: readonly Role[] = ['viewer', 'webhook-admin', 'owner', 'operator'];

export const roleWords: Readonly<Record<Role, string>> = {
  viewer: 'Sees webhooks, deliveries, triggers and the activity log. Changes nothing.',
  'webhook-admin': 'Also creates, changes, tests and removes webhooks, and redelivers.',
  owner: 'Also manages users and API clients.',
  operator: 'Also runs the installation: versions, health, mails, console links, every workspace.',
};

const rank = (role: Role): number => ROLES.indexOf(role);

/** Nobody gives, or takes from somebody, more than they have. */
export const isWithin = (role: Role, own: Role): boolean => rank(role) <= rank(own);

type Place = {
  readonly own: Role;
  /** Operators are users of the topmost workspace alone. */
  readonly isRoot: boolean;
};

/** The roles there are at a place, and why one of them cannot be given. */
export function rolesToGive({ own, isRoot }: Place): readonly { readonly role: Role; readonly reason?: string }[] {
  return ROLES.filter((role) => role !== 'operator' || isRoot).map((role) =>
    isWithin(role, own) ? { role } : { role, reason: 'It may do more than you.' },
  );
}

type Somebody = { readonly id: string; readonly role: Role; readonly status: 'invited' | 'active' | 'removed' };
type Me = { readonly id: string | undefined; readonly role: Role; readonly mayWrite: boolean };

export type UserReasons = Readonly<Record<'change' | 'invite' | 'signOut' | 'remove', string | undefined>>;

/** Why something cannot be done to a user; undefined where it can. */
export function reasonsFor(user: Somebody, me: Me): UserReasons {
  const all = !me.mayWrite
    ? 'Your role does not change users.'
    : !isWithin(user.role, me.role)
      ? 'They may do more than you.'
      : user.status === 'removed'
        ? 'They were removed.'
        : undefined;
  return {
    change: all,
    invite: all ?? (user.status === 'active' ? 'They have a password already.' : undefined),
    signOut: all ?? (user.status === 'invited' ? 'They have not signed in yet.' : undefined),
    remove: all ?? (user.id === me.id ? 'Nobody removes themselves; ask somebody else to.' : undefined),
  };
}
