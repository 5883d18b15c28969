import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { keys } from '../../live/keys.ts';
import {
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
import { noticeNames, noticeState, type Notice } from './version-data.ts';

const route = getRouteApi('/installation/versions');
const LIMIT = 20;
const REFRESH_MS = 5_000;

const columns = [
  { id: 'to', label: 'To' },
  { id: 'about', label: 'About' },
  { id: 'state', label: 'State' },
  { id: 'webhooks', label: 'Webhooks', align: 'number' },
  { id: 'time', label: 'Due' },
] as const;

/** The mails about the end of a version, and what became of each. */
export function NoticesTab({ name }: { name: string }): JSX.Element {
  const { noticeCursors } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePages<Notice>({
    queryKey: keys.notices(name, { limit: LIMIT }),
    read: (cursor, signal) =>
      read(api.GET('/notices', { params: { query: { version: name, limit: LIMIT, cursor } }, signal })),
    cursors: noticeCursors,
    onCursors: (next) => void navigate({ search: (now) => ({ ...now, noticeCursors: next }), resetScroll: false }),
    // Nothing tells that a mail went out.
    refetchInterval: REFRESH_MS,
  });
  return (
    <div className="stack gap-3">
      <QueryView query={paging.query} errorTitle="The notices could not be read">
        {({ items }) =>
          items.length === 0 ? (
            <p className="muted">Nobody has been mailed about the end of {name}.</p>
          ) : (
            <Table label={`Notices about ${name}`} columns={columns} isBusy={paging.isChanging}>
              {items.map((notice) => (
                <NoticeRow key={notice.id} notice={notice} />
              ))}
            </Table>
          )
        }
      </QueryView>
      <Pagination paging={paging} noun={['notice', 'notices']} />
    </div>
  );
}

function NoticeRow({ notice }: { notice: Notice }): JSX.Element {
  const { address, milestone, status, lastError, place, messageId, webhookCount, dueAt, nextAttemptAt } = notice;
  const { word, ...look } = noticeState(notice);
  // A file is in the outbox, a mail server is host and port.
  const isInOutbox = status === 'sent' && place !== null && !/:\d+$/.test(place);
  return (
    <Row id={notice.id} state={status}>
      <RowHeader column="to">
        <PlainText text={address} />
      </RowHeader>
      <Cell column="about">{noticeNames[milestone]}</Cell>
      <Cell column="state">
        <span className="stack gap-1">
          <span className="row">
            <StatusPill {...look}>{word}</StatusPill>
            {isInOutbox && (
              <Link to="/installation/mails" search={{ open: messageId }}>
                Show mail
              </Link>
            )}
          </span>
          {status !== 'sent' && lastError !== null && (
            <span className="small muted">
              <PlainText text={lastError} />
            </span>
          )}
          {status === 'pending' && nextAttemptAt !== null && notice.attempts > 0 && (
            <span className="small muted">
              Next try <Time at={nextAttemptAt} />
            </span>
          )}
        </span>
      </Cell>
      <Cell column="webhooks">{number(webhookCount)}</Cell>
      <Cell column="time">
        <Time at={dueAt} as="local" />
      </Cell>
    </Row>
  );
}
