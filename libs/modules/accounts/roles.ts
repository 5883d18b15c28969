import { z } from 'zod';
import { SCOPES, widened, type Scope } from '../identity/contract.ts';

/** What somebody who signs in may be, each more than the one before. */
export const ROLES = ['viewer', 'webhook-admin', 'owner', 'operator'] as const;
export type Role = (typeof ROLES)[number];
export const roleSchema = z.enum(ROLES);

const viewer: readonly Scope[] = [
  'webhooks:read',
  'deliveries:read',
  'events:read',
  'triggers:read',
  'activity:read',
  'versions:read',
  'workspaces:read',
  'notifications:read',
  'notifications:write',
];
const webhookAdmin: readonly Scope[] = [...viewer, 'webhooks:write', 'deliveries:write'];
const owner: readonly Scope[] = [...webhookAdmin, 'api-clients:read', 'api-clients:write', 'users:read', 'users:write'];

export const ROLE_SCOPES: Readonly<Record<Role, readonly Scope[]>> = {
  viewer,
  'webhook-admin': webhookAdmin,
  owner,
  operator: SCOPES,
};

/** All that a role may do, with what its scopes imply. */
export const scopesOf = (role: Role): Set<string> => widened(ROLE_SCOPES[role]);
