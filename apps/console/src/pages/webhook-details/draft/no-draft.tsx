import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useReasonWithout } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Button, EmptyState, ErrorPanel } from '../../../ui/index.ts';
import { createDraft, versionsQuery } from './draft-requests.ts';

type Props = { readonly webhook: WebhookView; readonly workspaceId: string };

/** What a draft is for, and a way to begin one. */
export function NoDraft({ webhook, workspaceId }: Props): JSX.Element {
  const client = useQueryClient();
  const reason = useReasonWithout('webhooks:write');
  const [isPending, setPending] = useState(false);
  const [error, setError] = useState<unknown>();
  const { data: versions } = useQuery(versionsQuery);
  const newest = versions?.items.find(({ status }) => status === 'current')?.name;
  const create = async (): Promise<void> => {
    setPending(true);
    setError(undefined);
    try {
      await createDraft(webhook.id);
      // What is still known of one before it is not this one.
      client.removeQueries({ queryKey: keys.draft(workspaceId, webhook.id) });
      await client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
    } catch (failure) {
      setError(failure);
    } finally {
      setPending(false);
    }
  };
  return (
    <div className="stack gap-3">
      {error !== undefined && <ErrorPanel error={error} title="No draft could be made" />}
      <EmptyState
        icon="draft"
        title="No draft"
        actions={
          <Button kind="primary" icon="add" onPress={() => void create()} isPending={isPending} disabledReason={reason}>
            {newest === undefined ? 'Create a draft' : `Create a draft on ${newest}`}
          </Button>
        }
      >
        {newest === undefined || newest === webhook.version
          ? 'A draft is a second configuration beside the live one. Change it, send a test of it, and publish it when it is right. Until then nothing changes.'
          : `A draft shows what the webhook would be on version ${newest}: which settings and which payloads change. Send a test of it, and publish it when your receiver is ready. Until then nothing changes.`}
      </EmptyState>
    </div>
  );
}
