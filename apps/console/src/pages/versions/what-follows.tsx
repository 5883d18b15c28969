import { useQueries, useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { workspaceQuery } from '../../api/workspaces.ts';
import { PlainText, serverNow } from '../../ui/index.ts';
import { count, number } from '../../words/numbers.ts';
import { longDate } from '../../words/times.ts';
import { mailedOf } from './mailed.ts';
import { endAfterRelease, milestoneEffects, milestoneNames, milestonesBefore } from './milestones.ts';
import { adoption, versionQuery, type VersionDetails } from './version-data.ts';

/** Whoever else there is is counted. */
const MOST_WORKSPACES = 20;
const MOST_ADDRESSES = 8;

/** What a release brings for whom, and when. */
export function WhatFollows({ current, name }: { current: string | undefined; name: string }): JSX.Element {
  const query = useQuery({ ...versionQuery(current ?? ''), enabled: current !== undefined });
  const now = serverNow();
  const said = name.trim() === '' ? 'The new version' : `Version ${name.trim()}`;
  return (
    <div className="stack gap-3">
      <p>{said} is current at once: new webhooks are on it. Nothing in a release can be changed later.</p>
      {query.data && (
        <>
          <p>
            Version {query.data.name} stays as it is for six months. {adoption(query.data)}.
          </p>
          <Recipients version={query.data} />
          <dl className="facts is-narrow">
            {milestonesBefore(endAfterRelease(now), now).map(({ kind, at }) => (
              <div key={kind}>
                <dt>{kind === 'announcement' ? 'At once' : longDate(at)}</dt>
                <dd>
                  <span className="strong">{milestoneNames[kind]}</span>
                  <span className="small muted block">{milestoneEffects[kind]}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </div>
  );
}

function Recipients({ version }: { version: VersionDetails }): JSX.Element | null {
  const ids = [...version.workspaces]
    .sort((a, b) => b.webhooks - a.webhooks)
    .slice(0, MOST_WORKSPACES)
    .map(({ workspaceId }) => workspaceId);
  const aside = (id: string) => ({ ...workspaceQuery(id), meta: { isAside: true } });
  const own = useQueries({ queries: ids.map(aside) }).flatMap(({ data }) => data ?? []);
  const parentIds = [...new Set(own.flatMap(({ parentWorkspaceId }) => parentWorkspaceId ?? []))];
  const parents = useQueries({ queries: parentIds.map(aside) }).flatMap(({ data }) => data ?? []);
  const byId = new Map([...parents, ...own].map((workspace) => [workspace.id, workspace]));
  if (ids.length === 0) return null;
  const { addresses, untold } = mailedOf(ids, (id) => byId.get(id));
  const shown = addresses.slice(0, MOST_ADDRESSES);
  const others = addresses.length - shown.length;
  const unseen = version.workspaces.length - ids.length;
  return (
    <div className="stack gap-1">
      <p className="strong">Mailed at once</p>
      {addresses.length === 0 && <p>Nobody: no admin is to be told.</p>}
      <ul className="addresses">
        {shown.map((address) => (
          <li key={address}>
            <PlainText text={address} />
          </li>
        ))}
      </ul>
      {others > 0 && <p className="small muted">and {number(others)} more</p>}
      {unseen > 0 && (
        <p className="small muted">and the admins of {count(unseen, ['more workspace', 'more workspaces'])}</p>
      )}
      {untold.length > 0 && addresses.length > 0 && (
        <p className="small muted">{count(untold.length, ['workspace has', 'workspaces have'])} nobody to be told.</p>
      )}
    </div>
  );
}
