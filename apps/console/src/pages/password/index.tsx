import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { ApiProblem } from '../../api/problem.ts';
import { keys } from '../../live/keys.ts';
import { Banner } from '../../ui/banner.tsx';
import { ErrorPanel } from '../../ui/error-panel.tsx';
import { Link } from '../../ui/link.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { takeFragment } from '../../front/fragment.ts';
import { Front } from '../../front/front.tsx';
import { SetPassword } from './set-password.tsx';

const token = takeFragment();

/** Where the link of an invitation or of a reset leads. */
export default function Password(): JSX.Element {
  const link = useQuery({
    queryKey: keys.passwordLink(token),
    queryFn: () => read(api.POST('/password-links/check', { body: { token } })),
    enabled: token !== '',
    staleTime: Infinity,
  });
  if (token === '' || (link.error instanceof ApiProblem && [400, 401, 404, 409].includes(link.error.status)))
    return <Used />;
  if (link.isError) {
    return (
      <Front title="Set a password">
        <ErrorPanel error={link.error} onRetry={() => void link.refetch()} />
      </Front>
    );
  }
  if (!link.data) {
    return (
      <Front title="Set a password">
        <Skeleton lines={3} />
      </Front>
    );
  }
  return <SetPassword token={token} link={link.data} />;
}

function Used(): JSX.Element {
  return (
    <Front title="This link no longer works">
      <Banner tone="warn">It was used already, it has expired, or a newer one was sent.</Banner>
      <p>
        <Link to="/forgot">Send a new link</Link> to set your password, or ask whoever invited you to invite you again.
      </p>
      <p className="small">
        <Link to="/sign-in">Back to sign in</Link>
      </p>
    </Front>
  );
}
