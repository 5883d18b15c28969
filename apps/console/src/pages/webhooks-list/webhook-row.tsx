import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, type JSX } from 'react';
import { Focusable } from 'react-aria-components/Focusable';
import type { WebhookView } from '../../api/types.ts';
import {
  ActionsCell,
  Badge,
  Cell,
  DetailsRow,
  IconButton,
  Link,
  PlainText,
  Row,
  RowHeader,
  RowMenu,
  Skeleton,
  StatusPill,
  Time,
  Tooltip,
  useMinute,
} from '../../ui/index.ts';
import { count, number, share } from '../../words/numbers.ts';
import { webhookState } from '../../words/states.ts';
import { date } from '../../words/times.ts';
import { TestLine } from '../../webhooks/test-line.tsx';
import { WebhookMenuItems, type WebhookActions } from '../../webhooks/webhook-actions.tsx';
import { endInWords } from './last-week.ts';
import type { LatestStatistics } from './webhook-list.ts';

const WebhookDetails = lazy(() =>
  import('../webhook-details/index.tsx').then(({ WebhookDetails: component }) => ({ default: component })),
);

type Props = {
  readonly webhook: WebhookView;
  readonly statistics: LatestStatistics | undefined;
  readonly workspaceId: string;
  readonly actions: WebhookActions;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly isMenuOpen: boolean;
  readonly onMenuOpen: (isOpen: boolean) => void;
};

export const nameOf = ({ name, id }: Pick<WebhookView, 'name' | 'id'>): string =>
  name.trim() === '' ? `Webhook ${id}` : name;

export function WebhookRow(props: Props): JSX.Element {
  const { webhook, statistics, workspaceId, actions, isOpen, onToggle, isMenuOpen, onMenuOpen } = props;
  const navigate = useNavigate();
  const name = nameOf(webhook);
  const state = webhookState(webhook);
  const edit = (): void =>
    void navigate({ to: '/w/$workspaceId/webhooks/$webhookId/edit', params: { workspaceId, webhookId: webhook.id } });
  const details = `details-${webhook.id}`;
  return (
    <>
      <Row
        testId="webhook-row"
        id={webhook.id}
        state={webhook.disabledBy ?? webhook.status}
        isGray={webhook.disabledBy === 'expired'}
        isSelected={isOpen}
        onClick={onToggle}
      >
        <RowHeader column="name">
          <div className="row is-nowrap gap-1">
            <IconButton
              icon={isOpen ? 'chevronDown' : 'chevronRight'}
              size="small"
              label={`Details of ${name}`}
              tooltip={false}
              aria-expanded={isOpen}
              aria-controls={isOpen ? details : undefined}
              onPress={onToggle}
            />
            <div className="webhook-name">
              <Link
                to="/w/$workspaceId/webhooks/$webhookId"
                params={{ workspaceId, webhookId: webhook.id }}
                className="strong"
              >
                <PlainText text={name} />
              </Link>
              <TestLine webhookId={webhook.id} workspaceId={workspaceId} />
            </div>
          </div>
        </RowHeader>
        <Cell column="url" className="mono small webhook-url-cell">
          <span className="truncate webhook-url" title={webhook.url}>
            <PlainText text={webhook.url.replace(/^https:\/\//, '')} />
          </span>
        </Cell>
        <Cell column="triggers">
          <TriggerCount triggers={webhook.triggers} name={name} />
        </Cell>
        <Cell column="status">
          <StatusPill tone={state.tone} icon={state.icon} data-state={webhook.disabledBy ?? webhook.status}>
            {state.word}
          </StatusPill>
        </Cell>
        <Cell column="version">
          <VersionCell webhook={webhook} />
        </Cell>
        <Cell column="share">{shareOf(statistics)}</Cell>
        <Cell column="last">
          {statistics?.lastAttemptAt ? <Time at={statistics.lastAttemptAt} /> : <span className="muted">–</span>}
        </Cell>
        <ActionsCell>
          <RowMenu name={name} isOpen={isMenuOpen} onOpenChange={onMenuOpen}>
            <WebhookMenuItems webhook={webhook} actions={actions} onEdit={edit} />
          </RowMenu>
        </ActionsCell>
      </Row>
      {isOpen && (
        <DetailsRow id={details}>
          <Suspense fallback={<Skeleton lines={6} />}>
            <WebhookDetails webhookId={webhook.id} inPlace />
          </Suspense>
        </DetailsRow>
      )}
    </>
  );
}

/** The names come up beside the number, since a dozen of them would fill the row. */
function TriggerCount({ triggers, name }: { triggers: readonly string[]; name: string }): JSX.Element {
  return (
    <Tooltip text={triggers.join('\n')}>
      <Focusable>
        <button
          type="button"
          className="count"
          aria-label={`${count(triggers.length, ['trigger', 'triggers'])} of ${name}`}
        >
          {number(triggers.length)}
        </button>
      </Focusable>
    </Tooltip>
  );
}

/** In the last week of the version it warns; before that it only tells the date. */
function VersionCell({ webhook }: { webhook: WebhookView }): JSX.Element {
  const now = useMinute();
  const { version, expiresAt, expiring, disabledBy, hasDraft } = webhook;
  const isOver = disabledBy === 'expired';
  const end = isOver ? null : expiresAt;
  return (
    <span className="stack webhook-version">
      <span>{version}</span>
      {isOver && <Badge icon="ban">Ended</Badge>}
      {end !== null && expiring && (
        <Badge tone="warn" icon="alert">
          {endInWords(end, now)}
        </Badge>
      )}
      {end !== null && !expiring && <span className="muted small">until {date(end)}</span>}
      {hasDraft && <Badge tone="info">Draft</Badge>}
    </span>
  );
}

function shareOf(statistics: LatestStatistics | undefined): JSX.Element {
  const attempts = (statistics?.succeeded ?? 0) + (statistics?.failed ?? 0);
  if (statistics === undefined || attempts === 0) return <span className="muted">–</span>;
  const tone = statistics.failed === 0 ? undefined : statistics.failed / attempts > 0.05 ? 'is-bad' : 'is-warn';
  return (
    <span
      className={tone === undefined ? 'share' : `share ${tone}`}
      title={`${number(statistics.succeeded)} of ${number(attempts)} attempts were answered 2xx`}
    >
      {share(statistics.succeeded, attempts)}
    </span>
  );
}
