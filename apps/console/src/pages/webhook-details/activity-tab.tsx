import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import type { ActivityEntry, WebhookView } from '../../api/types.ts';
import { useFrozenRows } from '../../live/hooks.ts';
import { keys } from '../../live/keys.ts';
import {
  Button,
  Cell,
  Copyable,
  Disclosure,
  EmptyState,
  JsonView,
  Link,
  Pagination,
  PlainText,
  QueryView,
  Row,
  RowHeader,
  Table,
  Time,
  type Column,
} from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import './deliveries.css';
import { useDetailsSearch } from './search-state.ts';

const PAGE = 25;
const columns: readonly Column[] = [
  { id: 'what', label: 'What' },
  { id: 'who', label: 'Who' },
  { id: 'when', label: 'When' },
];

/** Who did what to this webhook, and what it did by itself. */
export function ActivityTab({ webhook, workspaceId }: { webhook: WebhookView; workspaceId: string }): JSX.Element {
  const [search, change] = useDetailsSearch();
  const asked = { webhook: webhook.id, limit: PAGE };
  const paging = usePages<ActivityEntry>({
    queryKey: keys.activity(workspaceId, asked),
    read: (cursor, signal) => read(api.GET('/activity', { params: { query: { ...asked, cursor } }, signal })),
    cursors: search.activityCursors,
    onCursors: (activityCursors) => change({ activityCursors }, { isStep: true }),
  });
  const { rows, fresh, show } = useFrozenRows(paging.items, `${webhook.id} ${paging.pageNumber} ${paging.isChanging}`);
  return (
    <div className="stack gap-3">
      <p className="row">
        <span className="muted">Everything that changed this webhook, newest first.</span>
        <Link className="push" to="/w/$workspaceId/activity" params={{ workspaceId }} search={{ webhook: webhook.id }}>
          Open in the activity log
        </Link>
      </p>
      {fresh > 0 && paging.pageNumber === 1 && (
        <Button kind="quiet" className="fresh" onPress={show}>
          {`${number(fresh)} new ${fresh === 1 ? 'entry' : 'entries'} – show`}
        </Button>
      )}
      <QueryView query={paging.query} errorTitle="The activity could not be read" lines={6}>
        {() =>
          rows.length === 0 ? (
            <EmptyState icon="list" title="Nothing is recorded yet" />
          ) : (
            <>
              <Table label="Activity" columns={columns} isBusy={paging.isChanging}>
                {rows.map((entry) => (
                  <Entry key={entry.id} entry={entry} webhook={webhook} />
                ))}
              </Table>
              <Pagination paging={paging} noun={['entry', 'entries']} />
            </>
          )
        }
      </QueryView>
    </div>
  );
}

function Entry({ entry, webhook }: { entry: ActivityEntry; webhook: WebhookView }): JSX.Element {
  const summary = entry.summary.replace(webhook.id, () => (webhook.name === '' ? webhook.id : `"${webhook.name}"`));
  return (
    <Row testId="activity-row" id={entry.id} state={entry.kind}>
      <RowHeader column="what">
        <Disclosure level={2} title={<PlainText text={summary} />}>
          <div className="stack gap-2">
            <JsonView value={entry.details} label="Details" />
            <span className="small muted row gap-1">
              Trace id <Copyable text={entry.traceId} label="Copy trace id" />
            </span>
          </div>
        </Disclosure>
      </RowHeader>
      <Cell column="who">
        <PlainText text={entry.actorName ?? entry.actor} />
      </Cell>
      <Cell column="when">
        <Time at={entry.at} as="both" />
      </Cell>
    </Row>
  );
}
