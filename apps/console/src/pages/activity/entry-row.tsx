import { memo, type JSX } from 'react';
import type { ActivityEntry } from '../../api/types.ts';
import {
  ActionsCell,
  Cell,
  CopyButton,
  DetailsRow,
  Icon,
  IconButton,
  Link,
  PlainText,
  Row,
  RowHeader,
  Time,
  VisuallyHidden,
} from '../../ui/index.ts';
import { actorWords } from './actors.ts';
import { EntryDetails } from './entry-details.tsx';
import { kindName } from './kinds.ts';
import type { Names } from './summary.ts';
import { SummaryText } from './summary-text.tsx';

type Props = {
  readonly entry: ActivityEntry;
  readonly names: Names;
  readonly workspaceId: string;
  readonly isOpen: boolean;
  readonly showsWorkspace: boolean;
  readonly onToggle: (id: string) => void;
};

export const EntryRow = memo(function EntryRow(props: Props): JSX.Element {
  const { entry, names, workspaceId, isOpen, showsWorkspace, onToggle } = props;
  const { id, at, traceId } = entry;
  const who = actorWords(entry);
  const toggle = (): void => onToggle(id);
  return (
    <>
      <Row testId="activity-row" id={id} state={entry.kind} isSelected={isOpen} onClick={toggle}>
        <Cell column="time">
          <Time at={at} as="local" />
        </Cell>
        <Cell column="who">
          <span className="row gap-1 is-nowrap">
            <Icon name={who.icon} />
            {who.what !== who.name && <VisuallyHidden>{who.what} </VisuallyHidden>}
            <span className="activity-who">
              <PlainText text={who.name} />
            </span>
          </span>
        </Cell>
        <RowHeader column="what" className="activity-what">
          <span>
            <SummaryText entry={entry} names={names} workspaceId={workspaceId} />
          </span>
        </RowHeader>
        {showsWorkspace && (
          <Cell column="workspace">
            {entry.workspaceId === null ? (
              <span className="muted">Installation</span>
            ) : (
              <Link to="/w/$workspaceId/activity" params={{ workspaceId: entry.workspaceId }}>
                <PlainText text={entry.workspaceId} />
              </Link>
            )}
          </Cell>
        )}
        <Cell column="trace">
          <span className="copyable">
            <code className="muted">{traceId.slice(0, 8)}</code>
            <CopyButton text={traceId} label="Copy trace id" />
          </span>
        </Cell>
        <ActionsCell>
          <IconButton
            icon={isOpen ? 'chevronDown' : 'chevronRight'}
            label={`Details of ${kindName(entry.kind).toLowerCase()}`}
            tooltip={false}
            size="small"
            aria-expanded={isOpen}
            aria-controls={isOpen ? `entry-${id}` : undefined}
            onPress={toggle}
          />
        </ActionsCell>
      </Row>
      {isOpen && (
        <DetailsRow id={`entry-${id}`}>
          <EntryDetails entry={entry} workspaceId={workspaceId} />
        </DetailsRow>
      )}
    </>
  );
});
