import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { TriggerView, VersionView, WebhookView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import type { EditMode } from './form-values.ts';

/** What is edited, and the ETag it had when it was read. `isNew`: a draft that is not there yet. */
export type Edited = { readonly webhook: WebhookView; readonly etag: string | undefined; readonly isNew?: boolean };

const path = (id: string) => ({ params: { path: { id } } });

/** Of a draft, the webhook as it would be. Secrets are in it, so it is forgotten with the form. */
export const editedQuery = (workspaceId: string, mode: EditMode) =>
  queryOptions({
    queryKey: [...keys.webhook(workspaceId, mode.webhookId), 'form', mode.kind] as const,
    queryFn: ({ signal }) =>
      mode.kind === 'edit' ? readWebhook(mode.webhookId, signal) : readDraft(mode.webhookId, signal),
    gcTime: 0,
  });

async function readWebhook(id: string, signal: AbortSignal): Promise<Edited> {
  const { data, response } = await api.GET('/settings/webhooks/{id}', { ...path(id), signal });
  return { webhook: data as WebhookView, etag: etagOf(response) };
}

/** A webhook without a draft gets one on the newest version by being saved here. */
async function readDraft(id: string, signal: AbortSignal): Promise<Edited> {
  try {
    const { data, response } = await api.GET('/settings/webhooks/{id}/draft', { ...path(id), signal });
    return { webhook: (data as { webhook: WebhookView }).webhook, etag: etagOf(response) };
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
    const [live, { items }] = await Promise.all([readWebhook(id, signal), readVersions(signal)]);
    return { ...live, isNew: true, webhook: { ...live.webhook, version: items[0]?.name ?? live.webhook.version } };
  }
}

const etagOf = (response: Response): string | undefined => response.headers.get('ETag') ?? undefined;

const readVersions = (signal: AbortSignal) => read(api.GET('/versions', { params: { query: { limit: 100 } }, signal }));

/** Newest first; expired ones are among them. */
export const versionsQuery = queryOptions({
  queryKey: keys.versions({ limit: 100 }),
  queryFn: ({ signal }) => readVersions(signal),
  select: ({ items }): readonly VersionView[] => items,
});

export type Catalog = {
  readonly triggers: readonly TriggerView[];
  /** Of the headers that this server sets itself, in lower case: "x-coro-". Null where no answer told it. */
  readonly headerPrefix: string | null;
};

/** The catalog as a version has it. */
export const catalogQuery = (version: string | undefined) =>
  queryOptions({
    queryKey: keys.triggers({ form: version ?? null }),
    queryFn: async ({ signal }): Promise<Catalog> => {
      const query = version === undefined ? {} : { version };
      const { data, response } = await api.GET('/triggers', { params: { query }, signal });
      return { triggers: (data as { items: TriggerView[] }).items, headerPrefix: prefixOf(response.headers) };
    },
    staleTime: 60_000,
  });

/** Every answer has the trace id under the prefix that the installation has chosen. */
function prefixOf(headers: Headers): string | null {
  const name = [...headers.keys()].find((header) => header.endsWith('-trace-id'));
  return name === undefined ? null : name.slice(0, -'trace-id'.length);
}

const PREVIEWED = 200;

/** How many workspaces stand below this one, at any depth. */
export const belowQuery = (workspaceId: string) =>
  queryOptions({
    queryKey: keys.workspaces({ within: workspaceId, limit: 1 }),
    queryFn: ({ signal }) =>
      read(api.GET('/workspaces', { params: { query: { within: workspaceId, limit: 1 } }, signal })),
    staleTime: 60_000,
    meta: { isAside: true },
  });

/** Those directly below. */
export const childrenQuery = (parentWorkspaceId: string) =>
  queryOptions({
    queryKey: keys.workspaces({ parentWorkspaceId, limit: PREVIEWED }),
    queryFn: ({ signal }) =>
      read(api.GET('/workspaces', { params: { query: { parentWorkspaceId, limit: PREVIEWED } }, signal })),
    staleTime: 60_000,
    meta: { isAside: true },
  });
