import { z } from 'zod';
import { paging } from '../../../platform/http/index.ts';
import type { Instant } from '../../../platform/kernel/index.ts';
import type { Condition, Query } from '../../../platform/read-model/index.ts';
import type { WebhookVersions } from '../webhook/webhook-versions.ts';
import { spaced } from './webhooks.projection.ts';

const FIELDS = { name: 'nameKey', created: 'createdAt', updated: 'updated' } as const;

export const listQuery = z.strictObject({
  search: z.string().min(1).max(200).optional().describe('Part of the name or the URL, in any case'),
  sort: z
    .enum(['name', '-name', 'created', '-created', 'updated', '-updated'])
    .default('-created')
    .describe('`-` for the reverse: `-created` is newest first'),
  state: z
    .enum(['enabled', 'disabled', 'exhausted', 'expired', 'expiring'])
    .optional()
    .describe(
      '`exhausted` and `expired`: disabled for that reason. `expiring`: enabled, and in the week before its version expires',
    ),
  status: z.enum(['enabled', 'disabled']).optional(),
  version: z.string().optional().describe('Those on this webhook version'),
  trigger: z
    .string()
    .regex(/^\S+$/, 'is no type of a trigger')
    .optional()
    .describe('Those that listen to this trigger'),
  ...paging,
});
export type ListQuery = z.infer<typeof listQuery>;

/** The webhooks of a workspace that fit; `expiring` are the versions whose webhooks carry a warning now. */
export function conditionsOf(workspaceId: string, query: ListQuery, expiring: () => readonly string[]): Condition[] {
  const { search, state, status, version, trigger } = query;
  return [
    { field: 'workspaceId', eq: workspaceId },
    { field: 'removed', eq: false },
    ...(state === undefined ? [] : conditionsOfState[state](expiring)),
    ...(status === undefined ? [] : [{ field: 'status', eq: status }]),
    ...(version === undefined ? [] : [{ field: 'version', eq: version }]),
    ...(trigger === undefined ? [] : [{ field: 'triggerText', contains: spaced([trigger]) }]),
    ...(search === undefined ? [] : [{ field: 'searchText', contains: search.toLowerCase() }]),
  ];
}

const conditionsOfState: Record<
  NonNullable<ListQuery['state']>,
  (expiring: () => readonly string[]) => readonly Condition[]
> = {
  enabled: () => [{ field: 'status', eq: 'enabled' }],
  disabled: () => [{ field: 'status', eq: 'disabled' }],
  exhausted: () => [{ field: 'disabledBy', eq: 'exhausted' }],
  expired: () => [{ field: 'disabledBy', eq: 'expired' }],
  expiring: (expiring) => [
    { field: 'status', eq: 'enabled' },
    { field: 'version', in: expiring() },
  ],
};

export function sortOf({ sort }: Pick<ListQuery, 'sort'>): NonNullable<Query['sort']> {
  const field = sort.replace('-', '') as keyof typeof FIELDS;
  return { field: FIELDS[field], direction: sort.startsWith('-') ? 'desc' : 'asc' };
}

/** The versions whose webhooks carry a warning at this instant, withdrawn ones included. */
export function expiringAt(versions: WebhookVersions, now: Instant): readonly string[] {
  // At the beginning of time none had expired: these are all that stand.
  const names = [...versions.live(0), ...versions.withdrawn().keys()];
  return names.filter((name) => {
    const expiration = versions.expirationOf(name);
    return expiration !== null && expiration.warnAt <= now && now < expiration.disableAt;
  });
}
