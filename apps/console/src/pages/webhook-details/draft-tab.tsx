import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState, type JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { QueryView } from '../../ui/index.ts';
import { DiscardDialog, PublishDialog } from './draft/draft-dialogs.tsx';
import { taggedDraftQuery } from './draft/draft-requests.ts';
import { DraftShown } from './draft/draft-shown.tsx';
import { NoDraft } from './draft/no-draft.tsx';
import { useWebhookActions } from '../../webhooks/webhook-actions.tsx';
import './draft/draft.css';

type Asked = 'publish' | 'discard';

/** What the webhook would be, and what becomes of it. */
export function DraftTab({ webhook }: { webhook: WebhookView }): JSX.Element {
  const { workspaceId = '' } = useParams({ strict: false });
  const query = useQuery({ ...taggedDraftQuery(workspaceId, webhook.id), enabled: webhook.hasDraft });
  // Kept here, where they outlive the draft: enabling is asked for once it is published.
  const actions = useWebhookActions();
  const [asked, setAsked] = useState<Asked>();
  const close = (): void => setAsked(undefined);
  const tagged = query.data ?? undefined;
  const shared = tagged && { workspaceId, webhook, tagged, onClose: close };
  return (
    <>
      {webhook.hasDraft ? (
        <QueryView query={query} errorTitle="The draft could not be read" lines={10}>
          {(read) =>
            read === null ? (
              <NoDraft webhook={webhook} workspaceId={workspaceId} />
            ) : (
              <DraftShown
                workspaceId={workspaceId}
                webhook={webhook}
                tagged={read}
                onPublish={() => setAsked('publish')}
                onDiscard={() => setAsked('discard')}
              />
            )
          }
        </QueryView>
      ) : (
        <NoDraft webhook={webhook} workspaceId={workspaceId} />
      )}
      {shared && asked === 'publish' && <PublishDialog {...shared} onEnable={actions.enable} />}
      {shared && asked === 'discard' && <DiscardDialog {...shared} />}
      {actions.dialogs}
    </>
  );
}
