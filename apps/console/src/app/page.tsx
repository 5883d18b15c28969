import { useQuery } from '@tanstack/react-query';
import { useParams, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, type JSX, type ReactNode } from 'react';
import { workspaceQuery } from '../api/workspaces.ts';

type Props = {
  /** The one h1, and the beginning of the document's title. */
  readonly title: string;
  /** Where the h1 says more than the title: a pill beside the name. */
  readonly heading?: ReactNode;
  /** Above the h1: the way back. */
  readonly back?: ReactNode;
  readonly actions?: ReactNode;
  /** Before the title while the tab is hidden: "2 failed". */
  readonly note?: string | undefined;
  readonly children: ReactNode;
};

let isFirst = true;

/** What every page begins with. The h1 takes the focus when its page was gone to, so that it is read out and Tab goes on from there. */
export function Page({ title, heading, back, actions, note, children }: Props): JSX.Element {
  const h1 = useRef<HTMLHeadingElement>(null);
  const path = useRouterState({ select: ({ resolvedLocation, location }) => (resolvedLocation ?? location).pathname });
  useTitle(title, note);
  useEffect(() => {
    if (isFirst) isFirst = false;
    else if (!isInDialog()) h1.current?.focus({ preventScroll: true });
  }, [path]);
  return (
    <div className="stack gap-4">
      {back}
      <div className="page-head">
        <h1 ref={h1} tabIndex={-1}>
          {heading ?? title}
        </h1>
        {actions !== undefined && <div className="actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

const isInDialog = (): boolean => Boolean(document.activeElement?.closest('[role="dialog"], [role="alertdialog"]'));

function useTitle(title: string, note: string | undefined): void {
  const { workspaceId } = useParams({ strict: false });
  const { data: workspace } = useQuery({ ...workspaceQuery(workspaceId ?? ''), enabled: workspaceId !== undefined });
  const whole = [title, workspace?.displayName, 'Carillon'].filter(Boolean).join(' – ');
  useEffect(() => {
    const show = (): void => {
      document.title = note !== undefined && document.visibilityState === 'hidden' ? `(${note}) ${whole}` : whole;
    };
    show();
    document.addEventListener('visibilitychange', show);
    return () => document.removeEventListener('visibilitychange', show);
  }, [whole, note]);
}
