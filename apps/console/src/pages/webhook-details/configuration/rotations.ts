import { api, read } from '../../../api/client.ts';

export type Asked = { readonly overlapSeconds: number; readonly secret?: string };

/** Something that has a secret which can be rotated: a webhook, or the location that its alerts are signed for. */
export type Rotation = {
  readonly of: string;
  /** Only webhooks take a secret that somebody else has made. */
  readonly takesOwn: boolean;
  readonly read: () => Promise<{ readonly secret: string; readonly tag: string }>;
  /** `until`: UNIX milliseconds. */
  readonly rotate: (asked: Asked, tag: string) => Promise<{ readonly secret: string; readonly until: number | null }>;
};

export function webhookRotation(id: string): Rotation {
  const path = { id };
  return {
    of: `webhook ${id}`,
    takesOwn: true,
    read: async () => {
      const { data, response } = await api.GET('/settings/webhooks/{id}', { params: { path } });
      return { secret: data?.secret ?? '', tag: response.headers.get('ETag') ?? '' };
    },
    rotate: async (body, tag) => {
      const params = { path, header: { 'If-Match': tag } };
      const { secret, previousSecretUntil } = await read(
        api.POST('/settings/webhooks/{id}/rotate-secret', { params, body }),
      );
      return { secret: secret ?? '', until: previousSecretUntil };
    },
  };
}

export function locationRotation(workspaceId: string): Rotation {
  const path = { id: workspaceId };
  return {
    of: `workspace ${workspaceId}`,
    takesOwn: false,
    read: async () => {
      const { data, response } = await api.GET('/workspaces/{id}/secret', { params: { path } });
      return { secret: data?.secret ?? '', tag: response.headers.get('ETag') ?? '' };
    },
    rotate: async ({ overlapSeconds }, tag) => {
      const params = { path, header: { 'If-Match': tag } };
      const answer = await read(api.POST('/workspaces/{id}/rotate-secret', { params, body: { overlapSeconds } }));
      return { secret: answer.secret, until: answer.previousUntil === null ? null : Date.parse(answer.previousUntil) };
    },
  };
}
