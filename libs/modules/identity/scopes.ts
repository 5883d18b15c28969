import { z } from 'zod';

/** Everything a caller can be allowed to do. */
export const SCOPES = [
  'workspaces:read',
  'workspaces:write',
  'api-clients:read',
  'api-clients:write',
  'triggers:read',
  'triggers:write',
  'webhooks:read',
  'webhooks:write',
  'location-webhooks:create',
  'location-webhooks:edit',
  'location-webhooks:read',
  'location-webhooks:list',
  'location-webhooks:delete',
  'events:publish',
  'events:read',
  'ingestion:read',
  'ingestion:write',
  'deliveries:read',
  'deliveries:write',
  'activity:read',
  'versions:read',
  'versions:write',
  'notices:read',
  'notifications:read',
  'notifications:write',
  'users:read',
  'users:write',
  'console-links:write',
  'installation:read',
] as const;

export type Scope = (typeof SCOPES)[number];
export const scopeSchema = z.enum(SCOPES);

/** What whoever holds a scope may do besides: a webhook is one and the same in either dialect. */
const IMPLIED: ReadonlyMap<string, readonly Scope[]> = new Map<Scope, readonly Scope[]>([
  ['webhooks:read', ['location-webhooks:read', 'location-webhooks:list']],
  ['webhooks:write', ['location-webhooks:create', 'location-webhooks:edit', 'location-webhooks:delete']],
]);

/** With what they imply; what is no scope of ours is kept. */
export const widened = (scopes: readonly string[]): Set<string> =>
  new Set(scopes.flatMap((scope) => [scope, ...(IMPLIED.get(scope) ?? [])]));

/** The scopes of an OAuth `scope` parameter, each once; what is no scope of ours is kept, to be refused by name. */
export const parseScope = (text: string): string[] => [...new Set(text.split(' ').filter((part) => part !== ''))];

/** What is asked for beyond what is held. */
export const beyond = (wanted: readonly string[], held: ReadonlySet<string>): string[] =>
  wanted.filter((scope) => !held.has(scope));
