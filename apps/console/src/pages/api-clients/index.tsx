import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { lacking, useCan, useReasonWithout, useSession } from '../../api/session.ts';
import type { ApiClientView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import {
  Button,
  ConfirmDialog,
  EmptyState,
  FilterBar,
  FilterMenu,
  Pagination,
  QueryView,
  Table,
  toast,
} from '../../ui/index.ts';
import { issuersQuery, revoke, rotate, type IssuedClient } from './client-queries.ts';
import { ClientRow, type Task } from './client-row.tsx';
import { IssueDialog } from './issue-dialog.tsx';
import { beyond, scopeWords } from './scopes.ts';
import { SecretDialog } from './secret-dialog.tsx';
import './api-clients.css';

const route = getRouteApi('/w/$workspaceId/api-clients');

const columns = [
  { id: 'name', label: 'Name' },
  { id: 'id', label: 'Client id' },
  { id: 'scopes', label: 'May' },
  { id: 'status', label: 'Status' },
  { id: 'used', label: 'Last used' },
  { id: 'issued', label: 'Issued' },
  { id: 'actions', label: 'Actions', isHidden: true, width: 'shrink' },
] as const;
const statusOptions = [
  { value: 'active', label: 'Active' },
  { value: 'revoked', label: 'Revoked' },
] as const;

export default function ApiClients(): JSX.Element {
  const can = useCan();
  const session = useSession();
  if (can('api-clients:read')) return <ClientList />;
  return (
    <Page title="API clients">
      <EmptyState icon="key" title="You cannot see the API clients">
        {lacking(session)} Owners and operators see and issue them.
      </EmptyState>
    </Page>
  );
}

function ClientList(): JSX.Element {
  const { workspaceId } = route.useParams();
  const { status, cursors, open } = route.useSearch();
  const navigate = route.useNavigate();
  const client = useQueryClient();
  const session = useSession();
  const can = useCan();
  const reason = useReasonWithout('api-clients:write');
  const [issues, setIssues] = useState(false);
  const [issued, setIssued] = useState<IssuedClient>();
  const [asked, setAsked] = useState<{ readonly task: Task; readonly about: ApiClientView }>();
  const paging = usePages({
    queryKey: keys.apiClients(workspaceId, { status }),
    read: (cursor, signal) =>
      read(api.GET('/api-clients', { params: { query: { workspaceId, status, cursor } }, signal })),
    cursors,
    onCursors: (next) => void navigate({ search: (now) => ({ ...now, cursors: next }) }),
  });
  const issuers = useQuery({ ...issuersQuery(workspaceId), enabled: can('activity:read') }).data;
  const readAgain = (): void =>
    void client.invalidateQueries({ queryKey: [...keys.workspace(workspaceId), 'api-clients'] });
  const filter = (next: 'active' | 'revoked' | undefined): void =>
    void navigate({ search: (now) => ({ ...now, status: next, cursors: undefined }), resetScroll: false });
  const show = (answer: IssuedClient): void => {
    setIssues(false);
    setIssued(answer);
    readAgain();
  };
  const reasonsFor = ({ status: now, scopes }: ApiClientView) => {
    const excess = beyond(scopes, session.scopes).map(scopeWords);
    const revoked = now === 'revoked' ? 'It is revoked, for good.' : undefined;
    const more = excess.length > 0 ? `It may do more than you: ${excess.join(', ')}.` : undefined;
    return { rotate: reason ?? revoked ?? more, revoke: reason ?? revoked };
  };
  const issueButton = (label: string, kind?: 'primary'): JSX.Element => (
    <Button kind={kind} icon="add" disabledReason={reason} onPress={() => setIssues(true)}>
      {label}
    </Button>
  );
  return (
    <Page title="API clients" actions={issueButton('Issue API client', 'primary')}>
      <p className="muted">
        Programs that use the API of this workspace and of those below it, each with an id and a secret of its own.
      </p>
      <FilterBar label="Filter API clients" onClear={status === undefined ? undefined : () => filter(undefined)}>
        <FilterMenu label="Status" options={statusOptions} value={status} onChange={filter} />
      </FilterBar>
      <QueryView query={paging.query} errorTitle="The API clients could not be read" lines={6}>
        {() =>
          paging.items.length > 0 ? (
            <Table label="API clients" columns={columns} isBusy={paging.isChanging}>
              {paging.items.map((one) => (
                <ClientRow
                  key={one.clientId}
                  client={one}
                  issuer={issuers?.get(one.clientId)}
                  isOpen={one.clientId === open}
                  reasons={reasonsFor(one)}
                  onToggle={() =>
                    void navigate({
                      search: (now) => ({ ...now, open: now.open === one.clientId ? undefined : one.clientId }),
                      resetScroll: false,
                    })
                  }
                  onTask={(task) => setAsked({ task, about: one })}
                />
              ))}
            </Table>
          ) : status === undefined ? (
            <EmptyState icon="key" title="No API client yet" actions={issueButton('Issue the first')}>
              A program needs one to publish events, to manage webhooks, or to read what was delivered.
            </EmptyState>
          ) : (
            <EmptyState
              icon="filter"
              title="No API client matches"
              actions={<Button onPress={() => filter(undefined)}>Clear</Button>}
            >
              {status === 'revoked' ? 'None was revoked.' : 'All were revoked.'}
            </EmptyState>
          )
        }
      </QueryView>
      <Pagination paging={paging} noun={['API client', 'API clients']} />
      {issues && <IssueDialog workspaceId={workspaceId} onClose={() => setIssues(false)} onIssued={show} />}
      {asked && (
        <ClientQuestion
          {...asked}
          onClose={() => setAsked(undefined)}
          onRotated={show}
          onRevoked={() => {
            readAgain();
            toast(`${asked.about.name} is revoked`);
          }}
        />
      )}
      {issued && <SecretDialog client={issued} onClose={() => setIssued(undefined)} />}
    </Page>
  );
}

type QuestionProps = {
  readonly task: Task;
  readonly about: ApiClientView;
  readonly onClose: () => void;
  readonly onRotated: (client: IssuedClient) => void;
  readonly onRevoked: () => void;
};

function ClientQuestion({ task, about, onClose, onRotated, onRevoked }: QuestionProps): JSX.Element {
  return task === 'rotate' ? (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Rotate the secret of ${about.name}?`}
      action="Rotate"
      cancel="Keep"
      onConfirm={async () => onRotated(await rotate(about))}
    >
      <p>
        The old secret ends at once: the program gets no token until it has the new one. Access tokens that it has
        already stay valid until they expire, within a day.
      </p>
    </ConfirmDialog>
  ) : (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Revoke ${about.name}?`}
      action="Revoke"
      cancel="Keep"
      isDanger
      onConfirm={async () => {
        await revoke(about);
        onRevoked();
      }}
    >
      <p>
        This is final. Its secret and all its access tokens are refused from now on. What it did stays in the activity
        log.
      </p>
    </ConfirmDialog>
  );
}
