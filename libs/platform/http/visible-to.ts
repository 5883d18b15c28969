import type { Condition } from '../read-model/index.ts';
import type { Principal } from './principal.ts';

/** What a list has to be narrowed to: the workspace of the header, which the caller reaches, or else the caller's whole reach. */
export function visibleTo(caller: Principal, workspaceId: string | undefined): readonly Condition[] {
  if (workspaceId !== undefined) return [{ field: 'workspaceId', eq: workspaceId }];
  const reach = caller.reach();
  if (reach === 'everything') return [];
  const [only] = reach;
  // Of one alone there is an index in the order of lists.
  if (only !== undefined && reach.length === 1) return [{ field: 'workspaceId', eq: only }];
  return [{ field: 'workspaceId', in: reach }];
}
