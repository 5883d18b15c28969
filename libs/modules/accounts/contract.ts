export { CONSOLE_EMBEDDING, type ConsoleEmbedding } from './session/console-embedding.ts';
export type * from './console-link/console-link.events.ts';
export { ROLE_SCOPES, ROLES, roleSchema, scopesOf, type Role } from './roles.ts';
export type * from './user/user.events.ts';
