import { conflict, notFound, Refusal, type Decider, type Instant } from '../../../platform/kernel/index.ts';
import type { Role } from '../roles.ts';
import type { InviteUser, IssuePasswordLink, SetPassword, UserCommand } from './user.commands.ts';
import type { PasswordLinkPurpose, UserEvent } from './user.events.ts';

export type PasswordLink = {
  readonly linkId: string;
  /** SHA-256 of the token, in base64url. */
  readonly tokenHash: string;
  readonly purpose: PasswordLinkPurpose;
  readonly expiresAt: Instant;
};

export const userStatuses = ['invited', 'active', 'removed'] as const;

/** Somebody who signs in. */
export type KnownUser = {
  readonly userId: string;
  readonly email: string;
  /** Empty if none was given. */
  readonly name: string;
  readonly role: Role;
  /** The root of what they reach. */
  readonly workspaceId: string;
  readonly status: (typeof userStatuses)[number];
  /** Which time it is, or was last, that they are an operator; 0 if they never were one. */
  readonly operatorTerm: number;
  /** Null until the first password is set. */
  readonly passwordHash: string | null;
  /** Sessions of an earlier one are over. Never goes back. */
  readonly sessionEpoch: number;
  /** Pop-ups that were read, the newest last. */
  readonly dismissals: readonly string[];
  readonly lastSignInAt: Instant | null;
  readonly passwordLink: PasswordLink | null;
};
export type User = KnownUser | undefined;

export const MOST_DISMISSALS = 200;
/** Sign-ins that follow each other sooner are told as one. */
const SIGN_INS_APART_MS = 60_000;

/** E-mail addresses are compared without regard to case. */
export const canonicalEmail = (email: string): string => email.toLowerCase();

export const LINK_IS_VOID = 'The link was used already, was replaced by a newer one, or has expired.';

export const user: Decider<User, UserCommand, UserEvent> = {
  category: 'user',
  initialState: () => undefined,
  evolve,
  decide,
};

function decide(command: UserCommand, state: User): readonly UserEvent[] {
  if (command.type === 'RegisterUser') {
    if (!state) return [{ type: 'UserRegistered', data: command.data }];
    requireSameAddress(state, command.data.email, 'A user with this id is registered with another address.');
    return [];
  }
  if (command.type === 'InviteUser') return invite(command, state);
  if (!state || state.status === 'removed') throw notFound('The user');
  const { at, actor } = command.metadata;
  const { userId, workspaceId, sessionEpoch } = state;
  const of = { userId, workspaceId };
  const ended = { ...of, sessionEpoch: sessionEpoch + 1 };
  switch (command.type) {
    case 'IssuePasswordLink':
      return [issuedTo(state, command)];
    case 'SetPassword':
      return setPassword(command, state);
    case 'ChangeUser': {
      const { name, role } = command.data;
      if (role !== undefined && role !== state.role) requireLetGo(state, command.data.letGo);
      const changes = {
        ...(name === undefined || name === state.name ? {} : { name }),
        ...(role === undefined || role === state.role ? {} : { role }),
      };
      return Object.keys(changes).length === 0 ? [] : [{ type: 'UserChanged', data: { ...of, ...changes } }];
    }
    case 'RemoveUser':
      requireAnother(actor, userId);
      requireLetGo(state, command.data.letGo);
      return [{ type: 'UserRemoved', data: ended }];
    case 'EndUserSessions':
      return state.status === 'active' ? [{ type: 'UserSessionsEnded', data: ended }] : [];
    case 'RecordSignIn':
      requireActive(state);
      if (state.lastSignInAt !== null && at < state.lastSignInAt + SIGN_INS_APART_MS) return [];
      return [{ type: 'UserSignedIn', data: { ...of, at } }];
    case 'DismissNotice': {
      const { key } = command.data;
      return state.dismissals.includes(key) ? [] : [{ type: 'NoticeDismissed', data: { ...of, key } }];
    }
  }
}

function invite({ data }: InviteUser, state: User): readonly UserEvent[] {
  const { link, ...invited } = data;
  const belongsToAnother = 'This e-mail address belongs to another user.';
  if (state) requireSameAddress(state, data.email, belongsToAnother);
  if (state && state.status !== 'removed') throw conflict(belongsToAnother);
  const { userId, workspaceId } = data;
  return [
    { type: 'UserInvited', data: invited },
    { type: 'PasswordLinkIssued', data: { userId, workspaceId, purpose: 'invitation', ...link } },
  ];
}

function issuedTo(state: KnownUser, { data: { purpose, link } }: IssuePasswordLink): UserEvent {
  if (purpose === 'invitation' && state.status === 'active') {
    throw conflict('The user has accepted the invitation; a forgotten password is reset from the sign-in page.');
  }
  if (purpose === 'reset') requireActive(state);
  const { userId, workspaceId } = state;
  return { type: 'PasswordLinkIssued', data: { userId, workspaceId, purpose, ...link } };
}

function setPassword({ data, metadata }: SetPassword, state: KnownUser): readonly UserEvent[] {
  const { userId, workspaceId, sessionEpoch } = state;
  const { by, passwordHash } = data;
  const set: UserEvent = {
    type: 'PasswordSet',
    data: { userId, workspaceId, passwordHash, by, sessionEpoch: sessionEpoch + 1 },
  };
  if (data.by === 'user') {
    requireActive(state);
    // Whoever has chosen another password meanwhile, or has ended all sessions, has the last word.
    if (data.sessionEpoch !== sessionEpoch) throw conflict('All sessions have been ended meanwhile; sign in again.');
    return [set];
  }
  if (!opensWith(state.passwordLink, data.tokenHash, metadata.at)) throw new Refusal('not-found', LINK_IS_VOID);
  const { name } = data;
  if (name === undefined || name === state.name) return [set];
  return [set, { type: 'UserChanged', data: { userId, workspaceId, name } }];
}

/** Whether this link is the one of that token, and can still be used. */
export const opensWith = (link: PasswordLink | null, tokenHash: string, at: Instant): boolean =>
  link !== null && link.tokenHash === tokenHash && at < link.expiresAt;

function requireSameAddress(state: KnownUser, email: string, message: string): void {
  if (canonicalEmail(state.email) !== canonicalEmail(email)) throw conflict(message);
}

/** @throws {Refusal} `conflict` where users would remove themselves. */
export function requireAnother(actor: string, userId: string): void {
  if (actor === `user:${userId}`) throw conflict('Nobody removes themselves; ask somebody else to.');
}

/** Of an operator who can sign in, the term has to be over: there may be no other. */
function requireLetGo({ status, role, operatorTerm }: KnownUser, letGo: number | undefined): void {
  if (status === 'active' && role === 'operator' && letGo !== operatorTerm) {
    throw conflict('The user has become an operator at the same time; try again.');
  }
}

function requireActive(state: KnownUser): void {
  if (state.status !== 'active') throw conflict('The user has not accepted the invitation yet.');
}

function evolve(state: User, event: UserEvent): User {
  if (event.type === 'UserRegistered' || event.type === 'UserInvited') return begun(state, event);
  if (!state) return undefined;
  switch (event.type) {
    case 'PasswordLinkIssued': {
      const { linkId, tokenHash, purpose, expiresAt } = event.data;
      return { ...state, passwordLink: { linkId, tokenHash, purpose, expiresAt } };
    }
    case 'PasswordSet': {
      const { passwordHash, sessionEpoch } = event.data;
      return { ...state, status: 'active', passwordHash, sessionEpoch, passwordLink: null };
    }
    case 'UserChanged': {
      const { name = state.name, role = state.role } = event.data;
      const operatorTerm = state.operatorTerm + (role === 'operator' && state.role !== 'operator' ? 1 : 0);
      return { ...state, name, role, operatorTerm };
    }
    case 'UserRemoved': {
      const { sessionEpoch } = event.data;
      return { ...state, status: 'removed', passwordHash: null, sessionEpoch, passwordLink: null };
    }
    case 'UserSessionsEnded':
      return { ...state, sessionEpoch: event.data.sessionEpoch };
    case 'UserSignedIn':
      return { ...state, lastSignInAt: event.data.at };
    case 'NoticeDismissed':
      return { ...state, dismissals: [...state.dismissals, event.data.key].slice(-MOST_DISMISSALS) };
  }
}

function begun(state: User, { type, data }: Extract<UserEvent, { type: 'UserRegistered' | 'UserInvited' }>): KnownUser {
  const { userId, email, workspaceId } = data;
  const is =
    type === 'UserRegistered'
      ? { name: '', role: 'operator' as const, status: 'active' as const, passwordHash: data.passwordHash }
      : { name: data.name, role: data.role, status: 'invited' as const, passwordHash: null };
  const none = { dismissals: [], lastSignInAt: null, passwordLink: null };
  const operatorTerm = (state?.operatorTerm ?? 0) + (is.role === 'operator' ? 1 : 0);
  return { userId, email, workspaceId, ...is, operatorTerm, sessionEpoch: state?.sessionEpoch ?? 0, ...none };
}
