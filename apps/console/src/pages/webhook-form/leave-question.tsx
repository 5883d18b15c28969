import { useBlocker } from '@tanstack/react-router';
import type { JSX } from 'react';
import { ConfirmDialog } from '../../ui/index.ts';

/** Asks before what was typed is lost: by a link, by Back, and by closing the tab. Whoever has to sign in again is not kept. */
export function LeaveQuestion({ isAsked }: { isAsked: boolean }): JSX.Element {
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => isAsked && next.routeId !== '/sign-in',
    enableBeforeUnload: () => isAsked,
    withResolver: true,
  });
  return (
    <ConfirmDialog
      title="Leave without saving?"
      action="Leave"
      cancel="Keep editing"
      isDanger
      isOpen={blocker.status === 'blocked'}
      onClose={() => blocker.reset?.()}
      onConfirm={() => Promise.resolve(blocker.proceed?.())}
    >
      <p>What you changed here is lost then.</p>
    </ConfirmDialog>
  );
}
