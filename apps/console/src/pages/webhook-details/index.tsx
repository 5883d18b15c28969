import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate, useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import { webhookQuery } from '../../api/webhooks.ts';
import { Page } from '../../app/page.tsx';
import { PlainText } from '../../ui/body-view.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Link } from '../../ui/link.tsx';
import { QueryView } from '../../ui/query-view.tsx';
import { HeaderActions, HeaderLine, InPlaceHeader, WebhookPills } from './details-header.tsx';
import { DetailsTabs } from './details-tabs.tsx';
import { useDetailsSearch } from './search-state.ts';
import { StateBanner } from './state-banner.tsx';
import { useFailuresWhileHidden } from '../../webhooks/failures-while-hidden.ts';
import { useWebhookActions } from '../../webhooks/webhook-actions.tsx';

type Props = {
  readonly webhookId: string;
  /** In a row of the list, which has brought the reader here: no page of its own. */
  readonly inPlace?: boolean;
};

/** Everything about one webhook. What is open in it is in the URL, wherever it stands. */
export function WebhookDetails({ webhookId, inPlace = false }: Props): JSX.Element {
  return inPlace ? <InPlace webhookId={webhookId} /> : <OnPage webhookId={webhookId} />;
}

const route = getRouteApi('/w/$workspaceId/webhooks/$webhookId');

export default function WebhookDetailsPage(): JSX.Element {
  const { webhookId } = route.useParams();
  return <WebhookDetails key={webhookId} webhookId={webhookId} />;
}

const useWebhook = (webhookId: string) => {
  const { workspaceId = '' } = useParams({ strict: false });
  return { workspaceId, query: useQuery(webhookQuery(workspaceId, webhookId)) };
};

function OnPage({ webhookId }: { webhookId: string }): JSX.Element {
  const { workspaceId, query } = useWebhook(webhookId);
  const [, change] = useDetailsSearch();
  const navigate = useNavigate();
  const actions = useWebhookActions({
    onRemoved: () => void navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId } }),
  });
  const webhook = query.data;
  const note = useFailuresWhileHidden([webhookId]);
  return (
    <Page
      note={note}
      title={webhook?.name ?? 'Webhook'}
      heading={
        webhook && (
          <span className="row gap-3">
            <PlainText text={webhook.name} />
            <WebhookPills webhook={webhook} />
          </span>
        )
      }
      back={
        <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} className="row gap-1">
          <Icon name="chevronLeft" /> Webhooks
        </Link>
      }
      actions={webhook && <HeaderActions webhook={webhook} workspaceId={workspaceId} actions={actions} />}
    >
      <QueryView query={query} errorTitle="The webhook could not be read" lines={8}>
        {(shown) => (
          <>
            <HeaderLine webhook={shown} workspaceId={workspaceId} />
            <StateBanner webhook={shown} onDraft={() => change({ tab: 'draft' }, { isStep: true })} />
            <DetailsTabs webhook={shown} workspaceId={workspaceId} onTest={() => actions.test(shown)} />
          </>
        )}
      </QueryView>
      {actions.dialogs}
    </Page>
  );
}

function InPlace({ webhookId }: { webhookId: string }): JSX.Element {
  const { workspaceId, query } = useWebhook(webhookId);
  const navigate = useNavigate();
  const [, change] = useDetailsSearch();
  const actions = useWebhookActions({
    onRemoved: () => void navigate({ to: '/w/$workspaceId/webhooks', params: { workspaceId } }),
  });
  return (
    <section className="stack gap-4" aria-label={`Details of ${query.data?.name ?? 'the webhook'}`}>
      <QueryView query={query} errorTitle="The webhook could not be read" lines={8}>
        {(shown) => (
          <>
            <InPlaceHeader webhook={shown} workspaceId={workspaceId} actions={actions} />
            <HeaderLine webhook={shown} workspaceId={workspaceId} />
            <StateBanner webhook={shown} onDraft={() => change({ tab: 'draft' }, { isStep: true })} />
            <DetailsTabs webhook={shown} workspaceId={workspaceId} onTest={() => actions.test(shown)} />
          </>
        )}
      </QueryView>
      {actions.dialogs}
    </section>
  );
}
