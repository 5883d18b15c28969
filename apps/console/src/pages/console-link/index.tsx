import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useEffect, useState, type JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import type { SessionView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Link } from '../../ui/link.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { takeFragment } from '../../front/fragment.ts';
import { Front } from '../../front/front.tsx';

const token = takeFragment();
/** A link is good once: it is exchanged once, however often the page renders. */
let opening: Promise<SessionView> | undefined;
const open = (): Promise<SessionView> => (opening ??= read(api.POST('/session/link', { body: { token } })));

/** Where a one-time link of a platform leads: no sign-in, one workspace, for a while. */
export default function ConsoleLink(): JSX.Element {
  const [error, setError] = useState<unknown>();
  const client = useQueryClient();
  const router = useRouter();
  useEffect(() => {
    if (token === '') return;
    open().then(
      async (session) => {
        client.clear();
        client.setQueryData(keys.session, session);
        await router.navigate({
          to: '/w/$workspaceId/webhooks',
          params: { workspaceId: session.workspaceId },
          replace: true,
        });
      },
      (failure: unknown) => {
        // No answer, or a busy server, used nothing up.
        if (failure instanceof ApiProblem && (failure.status === 0 || failure.status >= 500)) opening = undefined;
        setError(failure);
      },
    );
  }, [client, router]);
  const isOver =
    token === '' || (error instanceof ApiProblem && error.status >= 400 && error.status < 500 && error.status !== 429);
  if (isOver) {
    return (
      <Front title="This link no longer works">
        <Banner tone="warn">
          It opens the console once, and for a short time only. It was used already, or it has expired.
        </Banner>
        <p>Go back to the page that brought you here and open the console again; it makes a new link each time.</p>
        <p className="small">
          <Link to="/sign-in">Sign in with a password instead</Link>
        </p>
      </Front>
    );
  }
  return (
    <Front title="Opening the console">
      {error === undefined ? (
        <Skeleton lines={3} label="Opening" />
      ) : (
        <ErrorPanel error={error} onRetry={() => location.reload()} />
      )}
    </Front>
  );
}
