import { useQueries } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { JSX } from 'react';
import { api, read } from '../../api/client.ts';
import { usePages } from '../../api/pages.ts';
import type { VersionView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { keys } from '../../live/keys.ts';
import { LinkButton, Pagination, QueryView, useMinute } from '../../ui/index.ts';
import { milestonesOf } from './milestones.ts';
import { MonthCalendar } from './month-calendar.tsx';
import { OnlyVersion } from './only-version.tsx';
import { VersionCard } from './version-card.tsx';
import { versionQuery, type Occurrence } from './version-data.ts';
import './versions.css';

const route = getRouteApi('/installation/versions');
/** Each is read in detail. Those that matter are the newest. */
const LIMIT = 20;
const MINUTE = 60_000;

export default function Versions(): JSX.Element {
  const { cursors } = route.useSearch();
  const navigate = route.useNavigate();
  const paging = usePages<VersionView>({
    queryKey: keys.versions({ limit: LIMIT }),
    read: (cursor, signal) => read(api.GET('/versions', { params: { query: { limit: LIMIT, cursor } }, signal })),
    cursors,
    onCursors: (next) => void navigate({ search: { cursors: next } }),
  });
  return (
    <Page
      title="Versions"
      actions={
        <LinkButton kind="primary" icon="add" to="/installation/versions/new">
          Release version…
        </LinkButton>
      }
    >
      <p className="muted">
        What alerts look like, release by release. Webhooks stay on the version they were created on until they are
        moved, or it ends.
      </p>
      <QueryView query={paging.query} errorTitle="The versions could not be read" lines={8}>
        {({ items }) => <Lines versions={items} />}
      </QueryView>
      <Pagination paging={paging} noun={['version', 'versions']} />
    </Page>
  );
}

function Lines({ versions }: { versions: readonly VersionView[] }): JSX.Element {
  const details = useQueries({ queries: versions.map(({ name }) => versionQuery(name)) });
  // What happens in this minute has happened.
  const now = useMinute() + MINUTE;
  const occurrences = details.flatMap(({ data }): Occurrence[] =>
    data === undefined ? [] : milestonesOf(data).map((milestone) => ({ ...milestone, version: data })),
  );
  const [only, ...others] = versions;
  return (
    <div className="stack gap-5">
      {only !== undefined && others.length === 0 && <OnlyVersion name={only.name} />}
      <ol className="version-cards">
        {versions.map((version, index) => (
          <li key={version.name}>
            <VersionCard version={version} before={versions[index + 1]} now={now} />
          </li>
        ))}
      </ol>
      <MonthCalendar occurrences={occurrences} now={now} />
    </div>
  );
}
