import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import { useReasonWithout } from '../../api/session.ts';
import type { VersionView } from '../../api/types.ts';
import { Button, QueryView, StatusPill } from '../../ui/index.ts';
import { milestonesOf } from './milestones.ts';
import { PostponeDialog } from './postpone-dialog.tsx';
import { VersionDetailsTabs } from './version-details.tsx';
import { VersionLine } from './version-line.tsx';
import { adoption, reasonAgainstWithdrawal, versionQuery, versionState, type VersionDetails } from './version-data.ts';
import { WithdrawDialog } from './withdraw-dialog.tsx';

const route = getRouteApi('/installation/versions');

type Props = {
  readonly version: VersionView;
  /** The one below in the list, which it may have superseded. */
  readonly before: VersionView | undefined;
  readonly now: number;
};

export function VersionCard({ version, before, now }: Props): JSX.Element {
  const { name } = version;
  const { open } = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(versionQuery(name));
  const { word, ...look } = versionState(version);
  const isOpen = open === name;
  const id = `details-of-${name}`;
  const toggle = (): void =>
    void navigate({
      search: (now) => ({ ...now, open: isOpen ? undefined : name, tab: undefined, noticeCursors: undefined }),
      resetScroll: false,
    });
  return (
    <section className="card" aria-label={`Version ${name}`} data-state={version.status}>
      <div className="card-head">
        <h2>{name}</h2>
        <StatusPill {...look}>{word}</StatusPill>
        <span className="muted">{query.data ? adoption(query.data) : ''}</span>
        <span className="row push">
          {query.data && <Actions version={query.data} before={before} />}
          <Button
            size="small"
            icon={isOpen ? 'chevronDown' : 'chevronRight'}
            aria-label={`Details of ${name}`}
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onPress={toggle}
          >
            Details
          </Button>
        </span>
      </div>
      <div className="card-body stack gap-4">
        <QueryView query={query} errorTitle={`Version ${name} could not be read`} lines={2}>
          {(details) => (
            <>
              <VersionLine name={name} milestones={milestonesOf(details)} now={now} />
              {isOpen && (
                <div id={id}>
                  <VersionDetailsTabs version={details} />
                </div>
              )}
            </>
          )}
        </QueryView>
      </div>
    </section>
  );
}

function Actions({ version, before }: { version: VersionDetails; before: VersionView | undefined }): JSX.Element {
  const [asks, setAsks] = useState<'postpone' | 'withdraw'>();
  const lacking = useReasonWithout('versions:write');
  const { name, status, supersedes } = version;
  const superseded = before?.name === supersedes ? before : undefined;
  const close = (): void => setAsks(undefined);
  return (
    <>
      {status === 'deprecated' && (
        <Button size="small" icon="calendar" disabledReason={lacking} onPress={() => setAsks('postpone')}>
          Postpone expiration…
        </Button>
      )}
      {status === 'current' && supersedes !== null && (
        <Button
          size="small"
          kind="danger"
          icon="redo"
          disabledReason={lacking ?? reasonAgainstWithdrawal(version, superseded)}
          onPress={() => setAsks('withdraw')}
        >
          Withdraw…
        </Button>
      )}
      {asks === 'postpone' && <PostponeDialog version={version} onClose={close} />}
      <WithdrawDialog name={name} restores={supersedes ?? ''} isOpen={asks === 'withdraw'} onClose={close} />
    </>
  );
}
