import type { JSX } from 'react';
import { roleNames } from '../../api/session.ts';
import type { UserView } from '../../api/types.ts';
import {
  ActionsCell,
  Badge,
  Cell,
  Copyable,
  Link,
  MenuItem,
  MenuSeparator,
  PlainText,
  Row,
  RowHeader,
  RowMenu,
  StatusPill,
  Time,
  type IconName,
  type Tone,
} from '../../ui/index.ts';
import type { UserReasons } from './roles.ts';
import { nameOf } from './user-queries.ts';

export type Task = 'change' | 'signOut' | 'remove';

type Props = {
  readonly user: UserView;
  readonly isMine: boolean;
  readonly showsWorkspace: boolean;
  readonly reasons: UserReasons;
  readonly onTask: (task: Task, user: UserView) => void;
  readonly onInviteAgain: (user: UserView) => void;
};

const statuses: Readonly<Record<UserView['status'], { word: string; tone: Tone; icon: IconName }>> = {
  invited: { word: 'Invited', tone: 'info', icon: 'mail' },
  active: { word: 'Active', tone: 'ok', icon: 'checkCircle' },
  removed: { word: 'Removed', tone: 'neutral', icon: 'ban' },
};

export function UserRow({ user, isMine, showsWorkspace, reasons, onTask, onInviteAgain }: Props): JSX.Element {
  const { word, tone, icon } = statuses[user.status];
  const name = nameOf(user);
  return (
    <Row testId="user-row" id={user.id} state={user.status} isGray={user.status === 'removed'}>
      <RowHeader column="name">
        <span className="row gap-2">
          <span className="user-text">
            <PlainText text={name} />
          </span>
          {isMine && <Badge tone="accent">You</Badge>}
        </span>
      </RowHeader>
      <Cell column="email">
        <Copyable text={user.email} label={`Copy e-mail address of ${name}`}>
          <span className="user-text is-whole">
            <PlainText text={user.email} />
          </span>
        </Copyable>
      </Cell>
      {showsWorkspace && (
        <Cell column="workspace">
          <Link to="/w/$workspaceId/users" params={{ workspaceId: user.workspaceId }}>
            <PlainText text={user.workspaceId} />
          </Link>
        </Cell>
      )}
      <Cell column="role">{roleNames[user.role]}</Cell>
      <Cell column="status">
        <StatusPill tone={tone} icon={icon} data-state={user.status}>
          {word}
        </StatusPill>
      </Cell>
      <Cell column="signIn">
        {user.lastSignInAt === null ? <span className="muted">Never</span> : <Time at={user.lastSignInAt} />}
      </Cell>
      <ActionsCell>
        <RowMenu name={name}>
          <MenuItem icon="edit" disabledReason={reasons.change} onAction={() => onTask('change', user)}>
            Change name or role
          </MenuItem>
          <MenuItem icon="mail" disabledReason={reasons.invite} onAction={() => onInviteAgain(user)}>
            Invite again
          </MenuItem>
          <MenuItem icon="power" disabledReason={reasons.signOut} onAction={() => onTask('signOut', user)}>
            Sign out everywhere
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon="trash" isDanger disabledReason={reasons.remove} onAction={() => onTask('remove', user)}>
            Remove
          </MenuItem>
        </RowMenu>
      </ActionsCell>
    </Row>
  );
}
