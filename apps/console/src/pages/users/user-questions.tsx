import { useQueryClient } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useSession } from '../../api/session.ts';
import type { UserView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { ConfirmDialog, toast } from '../../ui/index.ts';
import { endSessions, nameOf, remove } from './user-queries.ts';

type Props = {
  readonly task: 'signOut' | 'remove';
  readonly user: UserView;
  readonly onClose: () => void;
  readonly onDone: () => void;
};

/** What is asked before it happens to somebody. */
export function UserQuestions({ task, user, onClose, onDone }: Props): JSX.Element {
  const session = useSession();
  const client = useQueryClient();
  const name = nameOf(user);
  const isMine = session.user?.id === user.id;
  if (task === 'remove') {
    return (
      <ConfirmDialog
        isOpen
        onClose={onClose}
        title={`Remove ${name}?`}
        action="Remove"
        cancel="Keep"
        isDanger
        onConfirm={async () => {
          await remove(user);
          onDone();
          toast(`${name} is removed`);
        }}
      >
        <p>
          {user.email} is signed out at once and cannot sign in any more. What they did stays in the activity log, and
          they can be invited again.
        </p>
      </ConfirmDialog>
    );
  }
  return (
    <ConfirmDialog
      isOpen
      onClose={onClose}
      title={`Sign out ${name} everywhere?`}
      action="Sign out"
      onConfirm={async () => {
        await endSessions(user);
        onDone();
        if (isMine) await client.invalidateQueries({ queryKey: keys.session });
        else toast(`${name} is signed out everywhere`);
      }}
    >
      <p>
        {isMine ? 'All your sessions end, this one too.' : 'All their sessions end at once, in every browser.'} The
        password stays, so signing in again is possible.
      </p>
    </ConfirmDialog>
  );
}
