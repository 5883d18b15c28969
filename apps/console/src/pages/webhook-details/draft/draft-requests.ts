import { queryOptions } from '@tanstack/react-query';
import { api, read } from '../../../api/client.ts';
import { ApiProblem } from '../../../api/problem.ts';
import type { DraftView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';

/** A draft with the ETag it was read under, so that what is published is what was looked at. */
export type TaggedDraft = { readonly draft: DraftView; readonly tag: string };

const params = (id: string, tag?: string) => ({
  path: { id },
  ...(tag === undefined ? {} : { header: { 'If-Match': tag } }),
});
const route = '/settings/webhooks/{id}/draft';

/** Null where there is none. */
export const taggedDraftQuery = (workspaceId: string, id: string) =>
  queryOptions({
    queryKey: [...keys.draft(workspaceId, id), 'tagged'] as const,
    queryFn: async ({ signal }): Promise<TaggedDraft | null> => {
      try {
        const { data, response } = await api.GET(route, { params: params(id), signal });
        return data === undefined ? null : { draft: data, tag: response.headers.get('ETag') ?? '' };
      } catch (error) {
        if (error instanceof ApiProblem && error.status === 404) return null;
        throw error;
      }
    },
  });

export const versionsQuery = queryOptions({
  queryKey: keys.versions({}),
  queryFn: ({ signal }) => read(api.GET('/versions', { signal })),
  staleTime: 5 * 60_000,
  meta: { isAside: true },
});

/** One on the newest version, without other changes. */
export const createDraft = (id: string) => read(api.PUT(route, { params: params(id), body: {} }));

/** The same changes on another version. */
export const moveDraft = (id: string, { draft, tag }: TaggedDraft, version: string) =>
  read(api.PUT(route, { params: params(id, tag), body: { ...draft.changes, version } }));

export const testDraft = (id: string) => read(api.POST('/settings/webhooks/{id}/draft/test', { params: params(id) }));

export const publishDraft = (id: string, tag: string) =>
  read(api.POST('/settings/webhooks/{id}/draft/publish', { params: params(id, tag) }));

export const discardDraft = (id: string, tag: string) => api.DELETE(route, { params: params(id, tag) });
