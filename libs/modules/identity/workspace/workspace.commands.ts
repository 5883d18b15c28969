import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';

export const workspaceIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9_:-]{1,128}$/, { error: 'must be 1 to 128 characters of A-Z, a-z, 0-9, _, : and -' });

/** The integer a location is known by; unique in the installation. */
export const businessIdSchema = z.int().min(1).max(2_147_483_647);
const sealed = z.string();

const addressesOf = (text: string): string[] =>
  text
    .split(',')
    .map((address) => address.trim())
    .filter((address) => address !== '');

const areAddresses = (text: string): boolean =>
  addressesOf(text).every((address) => z.email().safeParse(address).success);

/** The settings as they are sent. `displayName` left empty is the company's name. */
export const workspaceSettingsSchema = z.strictObject({
  type: z
    .enum(['regular', 'channel', 'child'])
    .describe('regular: one company; channel: a parent of customers; child: a customer'),
  companyName: z.string().trim().min(1).max(200),
  displayName: z.string().trim().max(200).default('').describe('The company name if it is empty or left out'),
  domain: z.string().trim().max(253).default(''),
  adminEmails: z
    .string()
    .max(4_000)
    .overwrite((text) => addressesOf(text).join(','))
    .refine(areAddresses, { error: 'must be e-mail addresses separated by commas' })
    .default('')
    .describe('E-mail addresses separated by commas'),
  notificationLevel: z.enum(['none', 'parent', 'all']).default('all').describe('Whose admins are notified'),
});

/** Registering what is registered changes nothing, not even its parent. */
export class RegisterWorkspace extends command(
  'RegisterWorkspace',
  workspaceSettingsSchema.extend({
    workspaceId: workspaceIdSchema,
    parentWorkspaceId: workspaceIdSchema.nullable().describe('null for the root alone'),
    /** The BusinessId must have been claimed for the workspace. */
    location: z.strictObject({ businessId: businessIdSchema, secret: sealed }).optional(),
  }),
) {}

export class ChangeWorkspaceSettings extends command(
  'ChangeWorkspaceSettings',
  workspaceSettingsSchema.extend({ workspaceId: workspaceIdSchema }),
) {}

/** `from` is the parent the caller saw, and was allowed to take the workspace away from. */
export class MoveWorkspace extends command(
  'MoveWorkspace',
  z.strictObject({ workspaceId: workspaceIdSchema, from: workspaceIdSchema.nullable(), to: workspaceIdSchema }),
) {}

export class RecordIgnoredMove extends command(
  'RecordIgnoredMove',
  z.strictObject({ workspaceId: workspaceIdSchema, movedRevision: z.int().min(0) }),
) {}

/** The BusinessId must have been claimed for the workspace. Harmless to one that is open. */
export class OpenLocation extends command(
  'OpenLocation',
  z.strictObject({ workspaceId: workspaceIdSchema, businessId: businessIdSchema, secret: sealed }),
) {}
/** Issues what opens it, and answers its BusinessId: to one that is open nothing is done. */
export class IssueLocation extends command('IssueLocation', z.strictObject({ workspaceId: workspaceIdSchema })) {}

/** The longest overlap of a rotation: a week. */
export const MAX_OVERLAP_SECONDS = 604_800;

/** The secret it had signs beside the new one for this long; left out, not at all. */
export class RotateWorkspaceSecret extends command(
  'RotateWorkspaceSecret',
  z.strictObject({
    workspaceId: workspaceIdSchema,
    secret: sealed,
    overlapSeconds: z.int().min(0).max(MAX_OVERLAP_SECONDS).optional(),
  }),
) {}

export type WorkspaceCommand =
  | RegisterWorkspace
  | ChangeWorkspaceSettings
  | MoveWorkspace
  | RecordIgnoredMove
  | OpenLocation
  | RotateWorkspaceSecret;
