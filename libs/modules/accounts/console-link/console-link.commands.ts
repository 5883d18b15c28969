import { z } from 'zod';
import { command } from '../../../platform/kernel/index.ts';
import { workspaceIdSchema } from '../../identity/contract.ts';
import { roleSchema } from '../roles.ts';
import { sessionIdSchema, tokenHashSchema } from '../session/session.commands.ts';

const linkId = z.string().regex(/^[\w-]{22}$/);
/** A name or an address and nothing more: a URL may have more in its host than a header that lists origins could bear. */
const HOST = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])$/;
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\]|.+\.localhost)$/;

function isEmbedder(text: string): boolean {
  const url = URL.parse(text);
  if (url?.origin !== text || !HOST.test(url.hostname)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && LOOPBACK.test(url.hostname));
}

/** Scheme, host and port, as browsers write them: without a path, in lower case, without the port that goes without saying. */
export const originSchema = z.string().max(253).refine(isEmbedder, {
  error: 'must be an origin alone, such as https://portal.example; http only on this machine',
});

/** Who runs the installation signs in. */
export const linkRoleSchema = roleSchema.exclude(['operator']);
export const linkLabelSchema = z.string().trim().max(200);

/** Whether the caller may hand out this role, and reaches the workspace, is settled before. */
export class IssueConsoleLink extends command(
  'IssueConsoleLink',
  z.strictObject({
    linkId,
    workspaceId: workspaceIdSchema,
    role: linkRoleSchema,
    label: linkLabelSchema,
    tokenHash: tokenHashSchema,
    expiresAt: z.int(),
    sessionSeconds: z.int().min(1),
    embedIn: originSchema.nullable(),
  }),
) {}

/** `tokenHash` of what was brought, `sessionTokenHash` of what the cookie will have. */
export class OpenConsoleLink extends command(
  'OpenConsoleLink',
  z.strictObject({ linkId, tokenHash: tokenHashSchema, sessionId: sessionIdSchema, sessionTokenHash: tokenHashSchema }),
) {}

export class RevokeConsoleLink extends command('RevokeConsoleLink', z.strictObject({ linkId })) {}

export type ConsoleLinkCommand = IssueConsoleLink | OpenConsoleLink | RevokeConsoleLink;
