import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import { lacking, roleNames, useCan, useReasonWithout, useSession } from '../../api/session.ts';
import type { UserView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import {
  Button,
  EmptyState,
  FilterBar,
  FilterMenu,
  Pagination,
  QueryView,
  Table,
  toast,
  toastError,
} from '../../ui/index.ts';
import { ChangeDialog } from './change-dialog.tsx';
import { ConsoleLinks } from './console-links.tsx';
import { InviteDialog } from './invite-dialog.tsx';
import { ROLES, reasonsFor } from './roles.ts';
import { inviteAgain, nameOf } from './user-queries.ts';
import { UserQuestions } from './user-questions.tsx';
import { UserRow, type Task } from './user-row.tsx';
import './users.css';

type Status = UserView['status'];
type Filters = { readonly role?: UserView['role'] | undefined; readonly status?: Status | undefined };

const roleOptions = ROLES.map((value) => ({ value, label: roleNames[value] }));
const statusOptions: readonly { value: Status; label: string }[] = [
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'removed', label: 'Removed' },
];
const known = <V extends string>(options: readonly { value: V }[], text: string | undefined): V | undefined =>
  options.find(({ value }) => value === text)?.value;

/** The users of a workspace; of the whole installation where no workspace is in the URL. */
export default function Users(): JSX.Element {
  const { workspaceId } = useParams({ strict: false });
  const can = useCan();
  const session = useSession();
  const title = workspaceId === undefined ? 'All users' : 'Users';
  if (can('users:read')) return <UserList title={title} workspaceId={workspaceId} />;
  return (
    <Page title={title}>
      <EmptyState icon="users" title="You cannot see the users">
        {lacking(session)} Owners and operators see and manage users.
      </EmptyState>
    </Page>
  );
}

function UserList({ title, workspaceId }: { title: string; workspaceId: string | undefined }): JSX.Element {
  const session = useSession();
  const client = useQueryClient();
  const search = useSearch({ strict: false });
  const navigate = useNavigate();
  const mayWrite = useCan()('users:write');
  const reason = useReasonWithout('users:write');
  const [invites, setInvites] = useState(false);
  const [task, setTask] = useState<{ readonly task: Task; readonly user: UserView }>();
  const filters: Filters = { role: known(roleOptions, search.role), status: known(statusOptions, search.status) };
  const isFiltered = filters.role !== undefined || filters.status !== undefined;
  const go = (change: object): void =>
    void navigate({ to: '.', search: (now) => ({ ...now, cursors: undefined, ...change }), resetScroll: false });
  // What changes in the installation is told to those who follow the topmost workspace.
  const home = workspaceId ?? session.workspaceId;
  const paging = usePages({
    queryKey: keys.users(home, { ...filters, isAll: workspaceId === undefined }),
    read: (cursor, signal) => read(api.GET('/users', { params: { query: { ...filters, cursor } }, signal })),
    cursors: search.cursors,
    onCursors: (cursors) => go({ cursors }),
  });
  const readAgain = (): void => void client.invalidateQueries({ queryKey: [...keys.workspace(home), 'users'] });
  const again = async (user: UserView): Promise<void> => {
    try {
      await inviteAgain(user);
      toast(`${nameOf(user)} is invited again`, { detail: 'The link of the mail before no longer works.' });
    } catch (error) {
      toastError(error, `${nameOf(user)} could not be invited again`);
    }
  };
  const columns = [
    { id: 'name', label: 'Name' },
    { id: 'email', label: 'E-mail' },
    ...(workspaceId === undefined ? [{ id: 'workspace', label: 'Workspace' }] : []),
    { id: 'role', label: 'Role' },
    { id: 'status', label: 'Status' },
    { id: 'signIn', label: 'Last sign-in' },
    { id: 'actions', label: 'Actions', isHidden: true, width: 'shrink' },
  ] as const;
  return (
    <Page
      title={title}
      actions={
        <>
          <ConsoleLinks workspaceId={workspaceId} />
          <Button kind="primary" icon="add" disabledReason={reason} onPress={() => setInvites(true)}>
            Invite user
          </Button>
        </>
      }
    >
      {workspaceId !== undefined && (
        <p className="muted">
          Users of this workspace reach all workspaces below it, too. Those of workspaces above are not listed here.
        </p>
      )}
      <FilterBar
        label="Filter users"
        onClear={isFiltered ? () => go({ role: undefined, status: undefined }) : undefined}
      >
        <FilterMenu label="Role" options={roleOptions} value={filters.role} onChange={(role) => go({ role })} />
        <FilterMenu
          label="Status"
          options={statusOptions}
          value={filters.status}
          onChange={(status) => go({ status })}
        />
      </FilterBar>
      <QueryView query={paging.query} errorTitle="The users could not be read" lines={6}>
        {() =>
          paging.items.length > 0 ? (
            <Table label="Users" columns={columns} isBusy={paging.isChanging}>
              {paging.items.map((user) => (
                <UserRow
                  key={user.id}
                  user={user}
                  isMine={session.user?.id === user.id}
                  showsWorkspace={workspaceId === undefined}
                  reasons={reasonsFor(user, { id: session.user?.id, role: session.role, mayWrite })}
                  onTask={(chosen, about) => setTask({ task: chosen, user: about })}
                  onInviteAgain={(about) => void again(about)}
                />
              ))}
            </Table>
          ) : isFiltered ? (
            <EmptyState
              icon="filter"
              title="No user matches"
              actions={<Button onPress={() => go({ role: undefined, status: undefined })}>Clear</Button>}
            >
              Nobody here has this role and status.
            </EmptyState>
          ) : (
            <EmptyState
              icon="users"
              title="No users yet"
              actions={
                <Button icon="add" disabledReason={reason} onPress={() => setInvites(true)}>
                  Invite the first user
                </Button>
              }
            >
              Whoever is invited gets a mail, chooses a password, and sees this workspace and those below it.
            </EmptyState>
          )
        }
      </QueryView>
      <Pagination paging={paging} noun={['user', 'users']} />
      {invites && (
        <InviteDialog
          workspaceId={workspaceId}
          onClose={() => setInvites(false)}
          onInvited={(user) => {
            readAgain();
            toast(`${nameOf(user)} is invited`, { detail: `A mail to ${user.email} is on its way.` });
          }}
        />
      )}
      {task?.task === 'change' && (
        <ChangeDialog
          key={task.user.id}
          user={task.user}
          onClose={() => setTask(undefined)}
          onChanged={(user) => {
            readAgain();
            if (user.id === session.user?.id) void client.invalidateQueries({ queryKey: keys.session });
            toast(`${nameOf(user)} is changed`);
          }}
        />
      )}
      {task && task.task !== 'change' && (
        <UserQuestions task={task.task} user={task.user} onClose={() => setTask(undefined)} onDone={readAgain} />
      )}
    </Page>
  );
}
