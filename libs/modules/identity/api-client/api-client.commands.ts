import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { scopeSchema } from '../scopes.ts';
import { workspaceIdSchema } from '../workspace/workspace.commands.ts';

const clientId = z.string().min(1).max(128);
const secretHash = z.string().startsWith('scrypt$');
export const clientNameSchema = z.string().trim().min(1).max(200);
export const grantedScopesSchema = z
  .array(scopeSchema)
  .min(1)
  .overwrite((scopes) => [...new Set(scopes)]);

/** Whether the caller may hand out these scopes, and reaches the workspace, is settled before. */
export class IssueApiClient extends command(
  'IssueApiClient',
  z.strictObject({
    clientId,
    workspaceId: workspaceIdSchema,
    name: clientNameSchema,
    scopes: grantedScopesSchema,
    secretHash,
  }),
) {}

export class RotateApiClientSecret extends command('RotateApiClientSecret', z.strictObject({ clientId, secretHash })) {}

export class ChangeApiClientScopes extends command(
  'ChangeApiClientScopes',
  z.strictObject({ clientId, scopes: grantedScopesSchema }),
) {}

export class RevokeApiClient extends command('RevokeApiClient', z.strictObject({ clientId })) {}

/** Harmless: of a day that is recorded, or is over, and of a client that is not there or is revoked, nothing is recorded. */
export class RecordClientUse extends command('RecordClientUse', z.strictObject({ clientId })) {}

export type ApiClientCommand =
  IssueApiClient | RotateApiClientSecret | ChangeApiClientScopes | RecordClientUse | RevokeApiClient;
