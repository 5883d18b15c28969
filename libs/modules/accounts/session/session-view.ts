import { z } from 'zod';
import { ROLE_SCOPES, roleSchema, scopesOf } from '../roles.ts';
import type { LiveSession } from './live-sessions.ts';

export const sessionView = z.object({
  user: z
    .object({ id: z.string(), email: z.string(), name: z.string().describe('Empty if none was given') })
    .nullable()
    .describe('null for the session of a console link'),
  link: z.object({ id: z.string(), label: z.string() }).nullable(),
  role: roleSchema,
  workspaceId: z.string().describe('The session reaches this workspace and all descendants'),
  scopes: z.array(z.string()),
  expiresAt: z.iso.datetime(),
  dismissals: z.array(z.string()).describe('Pop-ups that were read'),
});
export type SessionView = z.infer<typeof sessionView>;

export const sessionExample: SessionView = {
  user: { id: '4179b76d-3c00-8e7f-9a1e-84ca0c97ff80', email: 'ana@acme.example', name: 'Ana Brandt' },
  link: null,
  role: 'viewer',
  workspaceId: 'workspace123',
  scopes: [...ROLE_SCOPES.viewer],
  expiresAt: '2026-11-09T09:00:00.000Z',
  dismissals: ['version-2026-01-01.workspace123'],
};

export function viewOfSession({ of, role, workspaceId, expiresAt }: LiveSession): SessionView {
  const common = { role, workspaceId, scopes: [...scopesOf(role)], expiresAt: new Date(expiresAt).toISOString() };
  if (of.kind === 'link') return { ...common, user: null, link: { id: of.linkId, label: of.label }, dismissals: [] };
  const { userId, email, name, dismissals } = of.user;
  return { ...common, user: { id: userId, email, name }, link: null, dismissals: [...dismissals] };
}
