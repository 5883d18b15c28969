import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import type { Item } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { useFrozenRows } from '../../live/hooks.ts';
import { keys } from '../../live/keys.ts';
import {
  Button,
  Cell,
  EmptyState,
  LinkButton,
  Pagination,
  PlainText,
  QueryView,
  Row,
  RowHeader,
  Table,
  Time,
} from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { MailSheet } from './mail-sheet.tsx';
import './mails.css';

type Mail = Item<'/mails'>;

const route = getRouteApi('/installation/mails');
const LIMIT = 50;
const REFRESH_MS = 5_000;

const columns = [
  { id: 'subject', label: 'Subject' },
  { id: 'to', label: 'To' },
  { id: 'time', label: 'Written' },
] as const;

export default function Mails(): JSX.Element {
  const installation = useQuery({
    queryKey: keys.installation,
    queryFn: ({ signal }) => read(api.GET('/installation', { signal })),
  });
  return (
    <Page title="Mail outbox">
      <QueryView query={installation} errorTitle="The installation could not be read">
        {({ engines }) => (engines.mail.kind === 'smtp' ? <SentElsewhere /> : <Outbox />)}
      </QueryView>
    </Page>
  );
}

function SentElsewhere(): JSX.Element {
  return (
    <EmptyState
      icon="send"
      title="Mails go to the mail server"
      actions={<LinkButton to="/installation/versions">Versions</LinkButton>}
    >
      The server of SMTP_URL takes them, and nothing is kept here. What became of the mails about versions is told with
      each version, under Notices sent.
    </EmptyState>
  );
}

function Outbox(): JSX.Element {
  const { cursors, open } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePages<Mail>({
    queryKey: keys.mails({ limit: LIMIT }),
    read: (cursor, signal) => read(api.GET('/mails', { params: { query: { limit: LIMIT, cursor } }, signal })),
    cursors,
    onCursors: (next) => void navigate({ search: { cursors: next } }),
    // Nothing tells that a mail was written.
    refetchInterval: REFRESH_MS,
  });
  const { rows, fresh, show } = useFrozenRows(paging.items, `${cursors ?? ''} ${paging.isChanging}`);
  const go = (id: string | undefined): void =>
    void navigate({ search: (now) => ({ ...now, open: id, view: undefined }), resetScroll: false });
  return (
    <div className="stack gap-3">
      <div className="row mails-head">
        <p className="muted">Mails are here because no mail server is set: each is a file in the data folder.</p>
        {fresh > 0 && (
          <Button size="small" className="push" onPress={show}>
            {`${count(fresh, ['new mail', 'new mails'])} – show`}
          </Button>
        )}
      </div>
      <QueryView query={paging.query} errorTitle="The mails could not be read" lines={8}>
        {() =>
          rows.length === 0 ? (
            <EmptyState icon="mail" title="No mail yet">
              Invitations, links to set a password and notices about versions appear here once they are written. Set
              SMTP_URL to have them sent.
            </EmptyState>
          ) : (
            <Table label="Mails" columns={columns} isBusy={paging.isChanging}>
              {rows.map(({ id, subject, to, at }) => (
                <Row key={id} id={id} testId="mail" isSelected={id === open} onClick={() => go(id)}>
                  <RowHeader column="subject">
                    <Button kind="link" className="mail-subject" onPress={() => go(id)}>
                      <PlainText text={subject || 'No subject'} />
                    </Button>
                  </RowHeader>
                  <Cell column="to">
                    <PlainText text={to} />
                  </Cell>
                  <Cell column="time">
                    <Time at={at} as="both" />
                  </Cell>
                </Row>
              ))}
            </Table>
          )
        }
      </QueryView>
      <Pagination paging={paging} noun={['mail', 'mails']} />
      {open !== undefined && <MailSheet id={open} onClose={() => go(undefined)} />}
    </div>
  );
}
