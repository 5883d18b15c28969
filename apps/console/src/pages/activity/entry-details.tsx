import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import type { ActivityEntry } from '../../api/types.ts';
import { Code, Copyable, Disclosure, ErrorPanel, Link, PlainText, Skeleton, Time } from '../../ui/index.ts';
import { earlierQuery } from './activity-query.ts';
import { partOfSystem } from './actors.ts';
import { ChangeList } from './change-list.tsx';
import { changesOf, originOf } from './changes.ts';
import { kindName } from './kinds.ts';

type Props = { readonly entry: ActivityEntry; readonly workspaceId: string };

/** Everything that is known of an entry. */
export function EntryDetails({ entry, workspaceId }: Props): JSX.Element {
  const { id, at, actor, kind, traceId, details } = entry;
  const deliveryId = typeof details['deliveryId'] === 'string' ? details['deliveryId'] : undefined;
  const part = partOfSystem(actor);
  return (
    <div className="stack gap-4">
      <Changes entry={entry} workspaceId={workspaceId} />
      <dl className="facts">
        <Fact term="When">
          <Time at={at} as="both" />
        </Fact>
        <Fact term="Who">
          <Copyable text={actor} label="Copy actor">
            <span>
              <PlainText text={part === undefined ? actor : `The server itself: ${part}`} />
            </span>
          </Copyable>
        </Fact>
        <Fact term="What">{kindName(kind)}</Fact>
        {deliveryId !== undefined && (
          <Fact term="Delivery">
            <Link
              to="/w/$workspaceId/deliveries/$deliveryId"
              params={{ workspaceId: entry.workspaceId ?? workspaceId, deliveryId }}
            >
              {deliveryId}
            </Link>
          </Fact>
        )}
        <Fact term="Trace id">
          <Copyable text={traceId} label="Copy whole trace id" />
        </Fact>
        <Fact term="Entry id">
          <Copyable text={id} label="Copy entry id" />
        </Fact>
      </dl>
      <Disclosure title="As JSON" level={2}>
        <Code label="Details as JSON" text={JSON.stringify(details, null, 2)} isWrapped />
      </Disclosure>
    </div>
  );
}

function Fact({ term, children }: { term: string; children: JSX.Element | string }): JSX.Element {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Changes({ entry, workspaceId }: Props): JSX.Element | null {
  const origin = originOf(entry.kind);
  const query = useQuery({
    ...earlierQuery(workspaceId, entry, origin ?? { kinds: [], sameAs: '' }),
    enabled: origin !== undefined,
  });
  if (origin === undefined) {
    const changes = changesOf(entry);
    return changes.length === 0 ? null : <ChangeList changes={changes} />;
  }
  if (query.isError) {
    return (
      <ErrorPanel error={query.error} title="What was before could not be read" onRetry={() => void query.refetch()} />
    );
  }
  if (query.data === undefined) return <Skeleton lines={3} />;
  const changes = changesOf(entry, query.data);
  return changes.length === 0 ? (
    <p className="muted">Nothing that the log tells is different. It has neither secrets nor the values of headers.</p>
  ) : (
    <ChangeList changes={changes} />
  );
}
