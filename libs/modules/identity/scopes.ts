import { z } from 'zod';

/** Everything a client can be allowed to do. */
export const SCOPES = [
  'workspaces:read',
  'workspaces:write',
  'api-clients:read',
  'api-clients:write',
  'triggers:read',
  'triggers:write',
  'webhooks:read',
  'webhooks:write',
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
] as const;

export type Scope = (typeof SCOPES)[number];
export const scopeSchema = z.enum(SCOPES);

/** The scopes of an OAuth `scope` parameter, each once; what is no scope of ours is kept, to be refused by name. */
export const parseScope = (text: string): string[] => [...new Set(text.split(' ').filter((part) => part !== ''))];

/** What is asked for beyond what is held. */
export const beyond = (wanted: readonly string[], held: ReadonlySet<string>): string[] =>
  wanted.filter((scope) => !held.has(scope));
