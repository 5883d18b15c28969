import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { useSession } from '../../api/session.ts';
import type { DeliveryView } from '../../api/types.ts';
import { webhookQuery } from '../../api/webhooks.ts';
import { Copyable, Link, PlainText, StatusPill, Tabs, Time, useNow } from '../../ui/index.ts';
import { useWorkspaceNames } from '../../webhooks/workspaces-within.ts';
import { deliveryState } from '../../words/states.ts';
import { Attempts, NextAttempt } from './attempts.tsx';
import { explained } from './error-words.ts';
import { EventPart } from './event-part.tsx';
import './inspector.css';
import { RequestPart } from './request-part.tsx';
import { ResponsePart, TimingPart } from './response-part.tsx';
import { SignaturesPart } from './signatures-part.tsx';

export type Part = 'request' | 'response' | 'timing' | 'event' | 'signatures';
export type Inspected = {
  /** Of the URL: the attempt that is shown, else the newest. */
  readonly attempt: string | undefined;
  readonly part: Part | undefined;
  readonly onChange: (change: { attempt?: string; part?: Part }) => void;
};

export function DeliveryPill({ delivery }: { delivery: DeliveryView }): JSX.Element {
  const now = useNow();
  const { word, tone, icon } = deliveryState(delivery, now);
  return (
    <StatusPill tone={tone} icon={icon} data-testid="delivery-state" data-state={delivery.status}>
      {word}
    </StatusPill>
  );
}

/** One delivery: what became of it and why, its attempts, and what went over the wire. */
export function Inspector({
  delivery,
  workspaceId,
  ...inspected
}: Inspected & { delivery: DeliveryView; workspaceId: string }): JSX.Element {
  const { attempts } = delivery;
  const shown = attempts.find(({ attempt }) => String(attempt) === inspected.attempt) ?? attempts.at(-1);
  return (
    <div className="stack gap-4" data-testid="delivery" data-id={delivery.id} data-state={delivery.status}>
      <Facts delivery={delivery} workspaceId={workspaceId} />
      <Explanation delivery={delivery} workspaceId={workspaceId} />
      {shown === undefined ? (
        <NextAttempt delivery={delivery} />
      ) : (
        <Attempts
          delivery={delivery}
          shown={shown}
          onShow={(attempt) => inspected.onChange({ attempt: String(attempt) })}
        />
      )}
      <Tabs<Part>
        label="Parts of the delivery"
        selected={inspected.part ?? 'request'}
        onSelect={(part) => inspected.onChange({ part })}
        tabs={[
          {
            id: 'request',
            label: 'Request',
            render: () => <RequestPart workspaceId={workspaceId} deliveryId={delivery.id} attempt={shown} />,
          },
          {
            id: 'response',
            label: 'Response',
            render: () => <ResponsePart attempt={shown} deliveryId={delivery.id} />,
          },
          { id: 'timing', label: 'Timing', render: () => <TimingPart delivery={delivery} attempt={shown} /> },
          { id: 'event', label: 'Event', render: () => <EventPart workspaceId={workspaceId} delivery={delivery} /> },
          {
            id: 'signatures',
            label: 'Signatures',
            render: () => (
              <SignaturesPart workspaceId={workspaceId} deliveryId={delivery.id} webhookId={delivery.webhookId} />
            ),
          },
        ]}
      />
    </div>
  );
}

function Facts({ delivery, workspaceId }: { delivery: DeliveryView; workspaceId: string }): JSX.Element {
  const { data: webhook } = useWebhookOf(delivery, workspaceId);
  const nameOf = useWorkspaceNames(workspaceId, delivery.eventWorkspaceId !== workspaceId);
  return (
    <dl className="facts">
      <div>
        <dt>Event id</dt>
        <dd>
          <Copyable text={delivery.eventId} label="Copy event id" />
        </dd>
      </div>
      <div>
        <dt>Delivery id</dt>
        <dd>
          <Copyable text={delivery.id} label="Copy delivery id" />
        </dd>
      </div>
      <div>
        <dt>Webhook</dt>
        <dd>
          <Link
            to="/w/$workspaceId/webhooks/$webhookId"
            params={{ workspaceId: delivery.workspaceId, webhookId: delivery.webhookId }}
          >
            <PlainText text={webhook?.name ?? delivery.webhookId} />
          </Link>
        </dd>
      </div>
      <div>
        <dt>Workspace of the event</dt>
        <dd>
          <PlainText text={nameOf(delivery.eventWorkspaceId)} />
        </dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>{delivery.version}</dd>
      </div>
      <div>
        <dt>Created</dt>
        <dd>
          <Time at={delivery.createdAt} as="both" />
        </dd>
      </div>
    </dl>
  );
}

function Explanation({ delivery, workspaceId }: { delivery: DeliveryView; workspaceId: string }): JSX.Element {
  const now = useNow();
  const { data: webhook } = useWebhookOf(delivery, workspaceId);
  const { happened, advice } = explained(delivery, now);
  const gaveUp =
    delivery.status === 'exhausted' && webhook?.status === 'disabled' && webhook.disabledBy === 'exhausted';
  return (
    <div className="explanation">
      <p>
        <strong>What happened:</strong> <PlainText text={happened} />
      </p>
      {gaveUp && (
        <p>
          Its webhook is disabled by failures.{' '}
          <Link
            to="/w/$workspaceId/webhooks/$webhookId"
            params={{ workspaceId: delivery.workspaceId, webhookId: delivery.webhookId }}
            search={{ tab: 'activity' }}
          >
            Activity
          </Link>
        </p>
      )}
      {advice !== null && (
        <p>
          <strong>What to do:</strong> {advice}
        </p>
      )}
    </div>
  );
}

/** Of another workspace in reach it is not asked for: requests act in the one that is shown. */
function useWebhookOf(delivery: DeliveryView, workspaceId: string) {
  const session = useSession();
  return useQuery({
    ...webhookQuery(workspaceId, delivery.webhookId),
    enabled: delivery.workspaceId === workspaceId && session.scopes.includes('webhooks:read'),
  });
}
