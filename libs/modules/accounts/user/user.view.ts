import { z } from 'zod';
import { roleSchema } from '../roles.ts';
import { userStatuses } from './user.decider.ts';
import type { UserDocument } from './users.projection.ts';

export const userView = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string().describe('Empty if none was given'),
  role: roleSchema,
  workspaceId: z.string().describe('They reach this workspace and all descendants'),
  status: z.enum(userStatuses).describe('invited: has no password yet'),
  invitedAt: z.iso.datetime(),
  lastSignInAt: z.iso.datetime().nullable().describe('To the minute'),
});
export type UserView = z.infer<typeof userView>;

export const userExample: UserView = {
  id: '3f0c7f0a-5e0b-8c1d-9a44-2f6a0c9be111',
  email: 'ada@company1.example',
  name: 'Ada Byron',
  role: 'webhook-admin',
  workspaceId: 'company1Workspace',
  status: 'active',
  invitedAt: '2026-11-01T09:30:00.000Z',
  lastSignInAt: '2026-11-02T08:00:00.000Z',
};

const iso = (at: number): string => new Date(at).toISOString();

/** Neither the password's hash nor the link's. */
export const viewOfUser = (user: UserDocument): UserView => ({
  id: user.userId,
  email: user.email,
  name: user.name,
  role: user.role,
  workspaceId: user.workspaceId,
  status: user.status,
  invitedAt: iso(user.invitedAt),
  lastSignInAt: user.lastSignInAt === null ? null : iso(user.lastSignInAt),
});
