import { z } from 'zod';
import { visibleTo, type Principal } from '../../../platform/http/index.ts';
import type { Condition } from '../../../platform/read-model/index.ts';

const instant = () => z.iso.datetime({ offset: true, error: 'must be an ISO 8601 date and time with a time zone' });

/** To be spread into the query schemas of those that list entries. */
export const filters = {
  workspace: z.string().optional().describe('Entries of this workspace, as the header `Workspace` asks for'),
  webhook: z.string().optional().describe('Entries about the webhook with this id'),
  actor: z.string().min(1).max(300).optional().describe('Entries of this actor, such as `client:<id>`'),
  kind: z.string().optional().describe('Such as `webhook-disabled`; several are separated by commas'),
  search: z.string().min(1).max(200).optional().describe('Part of the summary, in any case'),
  from: instant().optional().describe('ISO 8601; entries at this instant or later'),
  to: instant().optional().describe('ISO 8601; entries before this instant'),
};
export type Filters = z.infer<z.ZodObject<typeof filters>>;

/** The entries that fit, of those that the caller may see. */
export function conditionsOf(caller: Principal, workspaceId: string | undefined, asked: Filters): Condition[] {
  const { workspace, webhook, actor, kind, search, from, to } = asked;
  return [
    ...visibleTo(caller, workspaceId),
    ...(workspace === undefined ? [] : [{ field: 'workspaceId', eq: workspace }]),
    ...(webhook === undefined ? [] : [{ field: 'webhookId', eq: webhook }]),
    ...(actor === undefined ? [] : [{ field: 'actor', eq: actor }]),
    ...(kind === undefined ? [] : [ofKinds(kind.split(','))]),
    ...(search === undefined ? [] : [{ field: 'searchText', contains: search.toLowerCase() }]),
    ...(from === undefined ? [] : [{ field: 'at', gte: Date.parse(from) }]),
    ...(to === undefined ? [] : [{ field: 'at', lt: Date.parse(to) }]),
  ];
}

/** Of one kind alone the newest are found without a sort. */
function ofKinds(kinds: readonly string[]): Condition {
  const [kind = ''] = kinds;
  return kinds.length === 1 ? { field: 'kind', eq: kind } : { field: 'kind', in: kinds.map((each) => each.trim()) };
}
