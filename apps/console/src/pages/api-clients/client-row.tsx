import type { JSX } from 'react';
import type { ApiClientView } from '../../api/types.ts';
import {
  ActionsCell,
  Cell,
  Copyable,
  DetailsRow,
  IconButton,
  MenuItem,
  MenuSeparator,
  PlainText,
  Row,
  RowHeader,
  RowMenu,
  StatusPill,
  Time,
} from '../../ui/index.ts';
import { ClientDetails } from './client-details.tsx';
import { LastUsed } from './last-used.tsx';
import { scopesInShort } from './scopes.ts';

export type Task = 'rotate' | 'revoke';

type Props = {
  readonly client: ApiClientView;
  /** As far as the log tells it. */
  readonly issuer: string | undefined;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onTask: (task: Task) => void;
  readonly reasons: Readonly<Record<Task, string | undefined>>;
};

export function ClientRow({ client, issuer, isOpen, onToggle, onTask, reasons }: Props): JSX.Element {
  const { clientId, name, scopes, status } = client;
  const isRevoked = status === 'revoked';
  return (
    <>
      <Row testId="client-row" id={clientId} state={status} isGray={isRevoked} isSelected={isOpen} onClick={onToggle}>
        <RowHeader column="name">
          <span className="client-text">
            <PlainText text={name} />
          </span>
        </RowHeader>
        <Cell column="id">
          <Copyable text={clientId} label={`Copy client id of ${name}`}>
            <code className="truncate client-id">{clientId}</code>
          </Copyable>
        </Cell>
        <Cell column="scopes">
          <span className="small">{scopesInShort(scopes)}</span>
        </Cell>
        <Cell column="status">
          <StatusPill tone={isRevoked ? 'neutral' : 'ok'} icon={isRevoked ? 'ban' : 'checkCircle'} data-state={status}>
            {isRevoked ? 'Revoked' : 'Active'}
          </StatusPill>
        </Cell>
        <Cell column="used">
          <LastUsed at={client.lastUsedAt} />
        </Cell>
        <Cell column="issued">
          <span>
            <Time at={client.issuedAt} />
            {issuer !== undefined && (
              <span className="muted small client-text">
                {' by '}
                <PlainText text={issuer} />
              </span>
            )}
          </span>
        </Cell>
        <ActionsCell>
          <IconButton
            icon={isOpen ? 'chevronDown' : 'chevronRight'}
            label={`Details of ${name}`}
            tooltip={false}
            size="small"
            aria-expanded={isOpen}
            aria-controls={isOpen ? `client-${clientId}` : undefined}
            onPress={onToggle}
          />
          <RowMenu name={name}>
            <MenuItem icon="redo" disabledReason={reasons.rotate} onAction={() => onTask('rotate')}>
              Rotate secret
            </MenuItem>
            <MenuSeparator />
            <MenuItem icon="ban" isDanger disabledReason={reasons.revoke} onAction={() => onTask('revoke')}>
              Revoke
            </MenuItem>
          </RowMenu>
        </ActionsCell>
      </Row>
      {isOpen && (
        <DetailsRow id={`client-${clientId}`}>
          <ClientDetails client={client} issuer={issuer} />
        </DetailsRow>
      )}
    </>
  );
}
