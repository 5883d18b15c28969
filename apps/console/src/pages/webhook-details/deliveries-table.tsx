import type { JSX } from 'react';
import type { DeliveryView, WebhookView } from '../../api/types.ts';
import {
  ActionsCell,
  Badge,
  Cell,
  Checkbox,
  IconButton,
  PlainText,
  Row,
  RowHeader,
  Table,
  Time,
  type Column,
} from '../../ui/index.ts';
import { failureInWords } from '../../words/failures.ts';
import { took } from '../../words/times.ts';
import { DeliveryPill, RedeliverButton } from '../delivery/index.tsx';
import { attemptsInWords } from './attempts-words.ts';

type Props = {
  readonly rows: readonly DeliveryView[];
  readonly webhook: WebhookView;
  readonly workspaceId: string;
  readonly nameOf: (workspaceId: string) => string;
  readonly isSelected: (id: string) => boolean;
  readonly onSelect: (id: string, isSelected: boolean) => void;
  readonly opened: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly isBusy: boolean;
};

const columnsOf = (hasWorkspaces: boolean): readonly Column[] => [
  { id: 'select', label: 'Select', width: 'shrink', isHidden: true },
  { id: 'state', label: 'State' },
  { id: 'trigger', label: 'Trigger' },
  ...(hasWorkspaces ? [{ id: 'workspace', label: 'Workspace' }] : []),
  { id: 'attempts', label: 'Attempts', align: 'number' as const },
  { id: 'time', label: 'Created' },
  { id: 'took', label: 'Took', align: 'number' as const },
  { id: 'actions', label: 'Actions', width: 'shrink', isHidden: true },
];

export function DeliveriesTable(props: Props): JSX.Element {
  const { rows, webhook, workspaceId, isBusy } = props;
  const hasWorkspaces =
    webhook.applyToAllDescendants || rows.some(({ eventWorkspaceId }) => eventWorkspaceId !== workspaceId);
  return (
    <Table label="Deliveries" columns={columnsOf(hasWorkspaces)} isBusy={isBusy}>
      {rows.map((delivery) => (
        <DeliveryRow key={delivery.id} {...props} delivery={delivery} hasWorkspaces={hasWorkspaces} />
      ))}
    </Table>
  );
}

function DeliveryRow({
  delivery,
  hasWorkspaces,
  ...props
}: Props & { delivery: DeliveryView; hasWorkspaces: boolean }): JSX.Element {
  const { webhook, workspaceId, nameOf, isSelected, onSelect, opened, onOpen } = props;
  const last = delivery.attempts.at(-1);
  const chosen = isSelected(delivery.id);
  const open = (): void => onOpen(delivery.id);
  return (
    <Row
      testId="delivery-row"
      id={delivery.id}
      state={delivery.status}
      isSelected={chosen || opened === delivery.id}
      onClick={open}
    >
      <Cell column="select" className="select-cell">
        <Checkbox
          aria-label={`Select ${delivery.eventId}`}
          isSelected={chosen}
          onChange={(next) => onSelect(delivery.id, next)}
        />
      </Cell>
      <RowHeader column="state">
        <span className="row gap-2">
          <DeliveryPill delivery={delivery} />
          {last !== undefined && (
            <span className="small muted">
              {last.errorClass === null ? `answered ${last.statusCode ?? '2xx'}` : failureInWords(last).short}
            </span>
          )}
        </span>
      </RowHeader>
      <Cell column="trigger">
        <span className="row gap-2">
          <span className="trigger-name">
            <PlainText text={delivery.type} />
          </span>
          {delivery.kind === 'test' && <Badge>Test</Badge>}
        </span>
      </Cell>
      {hasWorkspaces && (
        <Cell column="workspace">
          <PlainText text={nameOf(delivery.eventWorkspaceId)} />
        </Cell>
      )}
      <Cell column="attempts">{attemptsInWords(delivery, webhook)}</Cell>
      <Cell column="time">
        <Time at={delivery.createdAt} as="local" />
      </Cell>
      <Cell column="took">{last === undefined ? '–' : took(last.durationMs)}</Cell>
      <ActionsCell>
        <RedeliverButton delivery={delivery} workspaceId={workspaceId} isSmall />
        <IconButton
          icon="chevronRight"
          size="small"
          label={`Details of ${delivery.eventId}`}
          tooltip={false}
          onPress={open}
        />
      </ActionsCell>
    </Row>
  );
}
