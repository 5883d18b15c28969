import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { workspaceQuery } from '../../api/workspaces.ts';
import { keys } from '../../live/keys.ts';
import {
  Button,
  Cell,
  Link,
  Pagination,
  PlainText,
  QueryView,
  Row,
  RowHeader,
  StatusPill,
  Table,
  Time,
} from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { laneState } from './health-words.ts';
import { isOfInterest, isOutdated, steadyLanes, type Lane, type SteadyLane } from './steady-lanes.ts';

const route = getRouteApi('/installation/health');
const LIMIT = 20;
const NAME_IS_FRESH_MS = 5 * 60_000;

const columns = [
  { id: 'webhook', label: 'Webhook' },
  { id: 'workspace', label: 'Workspace' },
  { id: 'owed', label: 'Owed', align: 'number' },
  { id: 'oldest', label: 'Oldest due' },
  { id: 'state', label: 'State' },
] as const;

/** The largest backlogs by webhook. Rows keep their places until they are asked to take new ones. */
export function Lanes({ refetchInterval }: { refetchInterval: number | false }): JSX.Element {
  const { cursors } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePages<Lane>({
    queryKey: keys.lanes({ limit: LIMIT }),
    read: (cursor, signal) => read(api.GET('/lanes', { params: { query: { limit: LIMIT, cursor } }, signal })),
    cursors,
    onCursors: (next) => void navigate({ search: (now) => ({ ...now, cursors: next }), resetScroll: false }),
    ...(refetchInterval === false ? {} : { refetchInterval }),
  });
  const { items } = paging;
  const page = `${cursors ?? ''} ${paging.isChanging}`;
  const [shown, setShown] = useState<{ page: string; lanes: readonly Lane[] }>({ page: '', lanes: [] });
  let { lanes } = shown;
  // Nothing moves where nothing is.
  if (shown.page !== page || (lanes.length === 0 && items.some(isOfInterest))) {
    lanes = items.filter(isOfInterest);
    setShown({ page, lanes });
  }
  const reorder = (): void => setShown({ page, lanes: items.filter(isOfInterest) });
  return (
    <section className="card" aria-labelledby="lanes">
      <div className="card-head lanes-head">
        <h2 id="lanes">Largest backlogs</h2>
        {isOutdated(lanes, items) && (
          <Button size="small" icon="redo" className="push" onPress={reorder}>
            The order has changed – sort again
          </Button>
        )}
      </div>
      <QueryView query={paging.query} errorTitle="The backlogs could not be read">
        {() =>
          lanes.length === 0 ? (
            <p className="card-body muted">Nothing waits for any webhook.</p>
          ) : (
            <Table label="Largest backlogs" columns={columns} isBusy={paging.isChanging}>
              {steadyLanes(lanes, items).map((lane) => (
                <LaneRow key={lane.webhookId} lane={lane} />
              ))}
            </Table>
          )
        }
      </QueryView>
      {(paging.previous !== undefined || (paging.next !== undefined && items.at(-1)?.owed !== 0)) && (
        <div className="card-body">
          <Pagination paging={paging} noun={['webhook', 'webhooks']} />
        </div>
      )}
    </section>
  );
}

function LaneRow({ lane }: { lane: SteadyLane }): JSX.Element {
  const { webhookId, workspaceId, url, owed, oldestDueAt, pausedUntil, isGone } = lane;
  const workspace = useQuery({ ...workspaceQuery(workspaceId), meta: { isAside: true } });
  const webhook = useQuery({
    queryKey: keys.webhook(workspaceId, webhookId),
    queryFn: ({ signal }) =>
      read(
        api.GET('/settings/webhooks/{id}', {
          params: { path: { id: webhookId }, header: { Workspace: workspaceId } },
          signal,
        }),
      ),
    staleTime: NAME_IS_FRESH_MS,
    meta: { isAside: true },
  });
  const { word, ...look } = laneState(lane);
  return (
    <Row testId="lane" id={webhookId} isGray={isGone}>
      <RowHeader column="webhook">
        <Link to="/w/$workspaceId/webhooks/$webhookId" params={{ workspaceId, webhookId }}>
          <PlainText text={webhook.data?.name ?? webhookId} />
        </Link>
        <span className="small muted block">
          <PlainText text={url} />
        </span>
      </RowHeader>
      <Cell column="workspace">
        <PlainText text={workspace.data?.displayName || workspaceId} />
      </Cell>
      <Cell column="owed">{isGone ? '–' : number(owed)}</Cell>
      <Cell column="oldest">{isGone || oldestDueAt === null ? '–' : <Time at={oldestDueAt} />}</Cell>
      <Cell column="state">
        {isGone ? (
          <span className="muted">No longer among the largest</span>
        ) : (
          <span className="row">
            <StatusPill {...look}>{word}</StatusPill>
            {pausedUntil !== null && (
              <span className="small">
                until <Time at={pausedUntil} as="local" />
              </span>
            )}
          </span>
        )}
      </Cell>
    </Row>
  );
}
