import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useCan } from '../../api/session.ts';
import type { ActivityEntry } from '../../api/types.ts';
import type { ChoiceGroup } from '../../ui/index.ts';
import { actorGroups } from './actors.ts';
import { clientNamesQuery, userNamesQuery, webhookNamesQuery } from './activity-query.ts';
import type { Names } from './summary.ts';

export type Known = {
  readonly names: Names;
  readonly actors: readonly ChoiceGroup[];
  readonly webhooks: readonly { readonly value: string; readonly label: string }[];
};

/** Who and what can be called by name, and chosen: what the reader may list, and whoever is in the entries shown. */
export function useKnown(workspaceId: string, entries: readonly ActivityEntry[], actor: string | undefined): Known {
  const can = useCan();
  const webhooks = useQuery({ ...webhookNamesQuery(workspaceId), enabled: can('webhooks:read') }).data?.items;
  const clients = useQuery({ ...clientNamesQuery(workspaceId), enabled: can('api-clients:read') }).data?.items;
  const users = useQuery({ ...userNamesQuery(workspaceId), enabled: can('users:read') }).data?.items;
  return useMemo(() => {
    const names: Names = {
      webhooks: new Map((webhooks ?? []).map(({ id, name, url }) => [id, name || url])),
      clients: new Map((clients ?? []).map(({ clientId, name }) => [clientId, name])),
      users: new Map((users ?? []).map(({ id, email }) => [id, email])),
    };
    return {
      names,
      webhooks: [...names.webhooks].map(([value, label]) => ({ value, label })),
      actors: actorGroups([
        ...(actor === undefined ? [] : [{ actor, actorName: null }]),
        ...[...names.users].map(([id, email]) => ({ actor: `user:${id}`, actorName: email })),
        ...[...names.clients].map(([id, name]) => ({ actor: `client:${id}`, actorName: name })),
        ...entries,
      ]),
    };
  }, [webhooks, clients, users, entries, actor]);
}
