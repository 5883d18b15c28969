import type { z } from 'zod';
import { fieldErrors } from '../../../platform/http/index.ts';
import { Refusal, type FieldError } from '../../../platform/kernel/index.ts';
import { RegisterWorkspace } from '../../identity/contract.ts';
import { CannotDowngrade, type PayloadVersions } from '../../version-lifecycle/contract.ts';
import { FIRST_VERSION } from '../../webhook-configuration/contract.ts';
import { renderAlert } from '../render-alert/render-alert.ts';
import type { PublishedEvent } from './published-event.ts';

/** The one trigger whose event also registers a workspace. */
export const WORKSPACE_CREATED = 'workspace-created';

type Registration = z.infer<typeof RegisterWorkspace.schema> & { readonly parentWorkspaceId: string };

const RETRY_AFTER_SECONDS = 5;

type Told = Pick<PublishedEvent, 'workspaceId' | 'data'>;

/**
 * The workspace that an event in the shape of `version` tells of. It is read in the first version, to which every release leads: what a
 * later one calls things is data.
 * @throws {Refusal} `unavailable` when it was not tried: too much waits to be read.
 */
export async function registrationIn(
  event: PublishedEvent,
  version: string,
  rootId: string,
  versions: PayloadVersions,
): Promise<{ data: Registration } | { errors: FieldError[] }> {
  const { type, workspaceId } = event;
  const alert = renderAlert({ ...event, id: '', timestamp: 0 });
  try {
    const text = await versions.downgrade(alert, { type, from: version, to: FIRST_VERSION });
    const { data } = JSON.parse(text) as Pick<PublishedEvent, 'data'>;
    return registrationOf({ workspaceId, data }, rootId);
  } catch (error) {
    if (!(error instanceof CannotDowngrade)) throw busy(error);
    return { errors: [{ field: 'data', message: `does not tell which workspace to register. ${error.message}` }] };
  }
}

const busy = (cause: unknown): Refusal =>
  new Refusal('unavailable', 'Which workspace to register cannot be told now; try again.', {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause,
  });

/** Without a parent it belongs under the root. */
function registrationOf(event: Told, rootId: string): { data: Registration } | { errors: FieldError[] } {
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
