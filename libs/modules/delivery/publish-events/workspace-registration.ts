import type { z } from 'zod';
import { fieldErrors } from '../../../platform/http/index.ts';
import type { FieldError } from '../../../platform/kernel/index.ts';
import { RegisterWorkspace } from '../../identity/contract.ts';
import type { PublishedEvent } from './published-event.ts';

/** The one trigger whose event also registers a workspace. */
export const WORKSPACE_CREATED = 'workspace-created';

type Registration = z.infer<typeof RegisterWorkspace.schema> & { readonly parentWorkspaceId: string };

/** The workspace an event tells of; without a parent it belongs under the root. */
export function registrationIn(
  event: PublishedEvent,
  rootId: string,
): { data: Registration } | { errors: FieldError[] } {
  const told = event.data as Record<string, string | undefined>;
  const parsed = RegisterWorkspace.schema.safeParse({
    workspaceId: event.workspaceId,
    parentWorkspaceId: told['parentWorkspaceId'] || rootId,
    type: told['type'],
    companyName: told['companyName'],
    displayName: told['displayName'] || told['companyName'],
    domain: told['domain'] ?? '',
    adminEmails: told['adminEmails'] ?? '',
    notificationLevel: told['notificationLevel'] || 'all',
  });
  if (parsed.success) return { data: parsed.data as Registration };
  return {
    errors: fieldErrors(parsed.error).map(({ field, message }) => ({
      field: field === 'workspaceId' ? field : `data.${field}`,
      message,
    })),
  };
}
