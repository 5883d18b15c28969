import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { workspaceQuery } from '../../../api/workspaces.ts';
import { Disclosure, PlainText } from '../../../ui/index.ts';
import { count, number } from '../../../words/numbers.ts';
import { workspacesWithinQuery } from '../../../webhooks/workspaces-within.ts';

type Props = { readonly workspaceId: string; readonly appliesToAll: boolean };

const MOST = 50;

/** How many workspaces it tells of, and which. */
export function ScopeFact({ workspaceId, appliesToAll }: Props): JSX.Element {
  const { data: own } = useQuery({ ...workspaceQuery(workspaceId), meta: { isAside: true } });
  const { data: below } = useQuery({ ...workspacesWithinQuery(workspaceId), enabled: appliesToAll });
  const name = <PlainText text={own?.displayName || workspaceId} />;
  if (!appliesToAll) return <>Covers one workspace: {name}, without those below it.</>;
  if (below === undefined) return <>{name} and every workspace below it.</>;
  if (below.total === 0) return <>Covers one workspace: {name}. Those that come below it will be covered, too.</>;
  const shown = below.items.slice(0, MOST);
  const left = below.total - shown.length;
  return (
    <div className="stack gap-2">
      <p>
        {`Covers ${below.totalIsAtLeast ? 'more than ' : ''}${count(below.total + 1, ['workspace', 'workspaces'])}: `}
        {name}
        {`, and ${number(below.total)} below it. Those that come later, too.`}
      </p>
      <Disclosure title="Which workspaces" level={3}>
        <ul className="names">
          {shown.map(({ id, displayName }) => (
            <li key={id}>
              <PlainText text={displayName || id} /> {displayName !== id && <code className="small muted">{id}</code>}
            </li>
          ))}
          {left > 0 && <li className="muted">{`and ${number(left)} more`}</li>}
        </ul>
      </Disclosure>
    </div>
  );
}
