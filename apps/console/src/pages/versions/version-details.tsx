import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { Button, Cell, Code, Disclosure, Link, PlainText, Row, RowHeader, Table, Tabs } from '../../ui/index.ts';
import { number } from '../../words/numbers.ts';
import { NoticesTab } from './notices-tab.tsx';
import { RenderingFailures } from './rendering-failures.tsx';
import type { VersionDetails } from './version-data.ts';

const route = getRouteApi('/installation/versions');
const MOST_SHOWN = 20;

/** Who is on it, who was told, what it changed, what could not be rendered. */
export function VersionDetailsTabs({ version }: { version: VersionDetails }): JSX.Element {
  const { tab = 'adoption' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Tabs
      label={`Details of ${version.name}`}
      selected={tab}
      onSelect={(next) =>
        void navigate({ search: (now) => ({ ...now, tab: next, noticeCursors: undefined }), resetScroll: false })
      }
      tabs={[
        { id: 'adoption', label: 'Adoption', render: () => <Adoption version={version} /> },
        { id: 'notices', label: 'Notices sent', render: () => <NoticesTab name={version.name} /> },
        { id: 'changes', label: 'What it changed', render: () => <Changes version={version} /> },
        { id: 'failures', label: 'Not rendered', render: () => <RenderingFailures name={version.name} /> },
      ]}
    />
  );
}

const columns = [
  { id: 'workspace', label: 'Workspace' },
  { id: 'webhooks', label: 'Webhooks', align: 'number' },
] as const;

function Adoption({ version }: { version: VersionDetails }): JSX.Element {
  const [showsAll, setShowsAll] = useState(false);
  const { name, workspaces } = version;
  if (workspaces.length === 0) return <p className="muted">No webhook is on it.</p>;
  const sorted = [...workspaces].sort((a, b) => b.webhooks - a.webhooks);
  const shown = showsAll ? sorted : sorted.slice(0, MOST_SHOWN);
  return (
    <div className="stack gap-3">
      <Table label={`Workspaces on ${name}`} columns={columns} isKept>
        {shown.map(({ workspaceId, displayName, webhooks }) => (
          <Row key={workspaceId}>
            <RowHeader column="workspace">
              <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} search={{ version: name }}>
                <PlainText text={displayName || workspaceId} />
              </Link>
            </RowHeader>
            <Cell column="webhooks">{number(webhooks)}</Cell>
          </Row>
        ))}
      </Table>
      {shown.length < sorted.length && (
        <p>
          <Button
            size="small"
            onPress={() => setShowsAll(true)}
          >{`Show all ${number(sorted.length)} workspaces`}</Button>
        </p>
      )}
    </div>
  );
}

function Changes({ version }: { version: VersionDetails }): JSX.Element {
  const triggers = Object.entries(version.triggers);
  return (
    <div className="stack gap-3">
      {version.notes !== '' && (
        <p className="notes">
          <PlainText text={version.notes} />
        </p>
      )}
      {triggers.length === 0 && (
        <p className="muted">It is the first version: every trigger is as the catalog has it.</p>
      )}
      {triggers.map(([type, { schema, example, downgrade }]) => (
        <Disclosure key={type} title={<PlainText text={type} />} level={3}>
          <div className="stack gap-3">
            <h4>Downgrade</h4>
            <Code label={`Downgrade of ${type}`} text={downgrade} isWrapped />
            <h4>Example</h4>
            <Code label={`Example of ${type}`} text={JSON.stringify(example, null, 2)} />
            <h4>Schema</h4>
            <Code label={`Schema of ${type}`} text={JSON.stringify(schema, null, 2)} />
          </div>
        </Disclosure>
      ))}
    </div>
  );
}
