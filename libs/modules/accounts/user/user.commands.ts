import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { workspaceIdSchema } from '../../identity/contract.ts';
import { roleSchema } from '../roles.ts';

const userId = z.uuid();
const passwordHash = z.string().startsWith('scrypt$');
const tokenHash = z.string().regex(/^[\w-]{43}$/);
/** `tokenHash`: SHA-256 in base64url. `token` is sealed. */
const link = z.strictObject({ linkId: z.uuid(), tokenHash, token: z.string(), expiresAt: z.int() });

/** It greets in mails to people who may not know the sender: no place for an address to go to. */
export const userNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => !/:\/\/|www\./i.test(name), 'must be a name, without an address of a page');
/** Names a pop-up, and what it is about. */
export const dismissalKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9._:-]{1,200}$/, { error: 'must be 1 to 200 characters of A-Z, a-z, 0-9, ., _, : and -' });

/** The address is claimed for this user before. Registering a user again changes nothing. */
export class RegisterUser extends command(
  'RegisterUser',
  z.strictObject({
    userId,
    email: z.email(),
    passwordHash,
    roles: z.array(z.enum(['operator'])).min(1),
    workspaceId: workspaceIdSchema,
  }),
) {}

/** The address is claimed for this user before. The role is one that the one who asks may give. */
export class InviteUser extends command(
  'InviteUser',
  z.strictObject({
    userId,
    email: z.email(),
    name: userNameSchema,
    role: roleSchema,
    workspaceId: workspaceIdSchema,
    link,
  }),
) {}

/** Replaces the link before. */
export class IssuePasswordLink extends command(
  'IssuePasswordLink',
  z.strictObject({ userId, purpose: z.enum(['invitation', 'reset']), link }),
) {}

/**
 * `by` a link: `tokenHash` is of the link's token; `name` is what whoever was invited calls themselves. `by` the user: `sessionEpoch` is
 * the one in which they were asked for the password before.
 */
export class SetPassword extends command(
  'SetPassword',
  z.discriminatedUnion('by', [
    z.strictObject({ by: z.literal('user'), userId, passwordHash, sessionEpoch: z.int().min(0) }),
    z.strictObject({ by: z.literal('link'), userId, passwordHash, tokenHash, name: userNameSchema.optional() }),
  ]),
) {}

/** The term of an operator who is to be one no more, for which `LetOperatorGo` was granted. */
const letGo = z.int().optional();

/** What is left out stays. */
export class ChangeUser extends command(
  'ChangeUser',
  z.strictObject({ userId, name: userNameSchema.optional(), role: roleSchema.optional(), letGo }),
) {}

export class RemoveUser extends command('RemoveUser', z.strictObject({ userId, letGo })) {}

export class EndUserSessions extends command('EndUserSessions', z.strictObject({ userId })) {}

export class RecordSignIn extends command('RecordSignIn', z.strictObject({ userId })) {}

export class DismissNotice extends command('DismissNotice', z.strictObject({ userId, key: dismissalKeySchema })) {}

export type UserCommand =
  | RegisterUser
  | InviteUser
  | IssuePasswordLink
  | SetPassword
  | ChangeUser
  | RemoveUser
  | EndUserSessions
  | RecordSignIn
  | DismissNotice;
