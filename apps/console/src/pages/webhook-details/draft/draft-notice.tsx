import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useReasonWithout } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Banner, Button, toastError } from '../../../ui/index.ts';
import { moveDraft, type TaggedDraft } from './draft-requests.ts';

type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly tagged: TaggedDraft;
  readonly newest: string | undefined;
  /** It can be neither tested nor published where it is. */
  readonly hasEnded: boolean;
};

/** That the draft is on a version that has ended, or that there is a newer one. Nothing otherwise. */
export function DraftNotice({ workspaceId, webhook, tagged, newest, hasEnded }: Props): JSX.Element | null {
  const client = useQueryClient();
  const reason = useReasonWithout('webhooks:write');
  const [isPending, setPending] = useState(false);
  const { version } = tagged.draft;
  if (newest === undefined || newest === version) return null;
  const move = async (): Promise<void> => {
    setPending(true);
    try {
      await moveDraft(webhook.id, tagged, newest);
    } catch (error) {
      toastError(error, 'The draft could not be moved');
    } finally {
      setPending(false);
      void client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
    }
  };
  return (
    <Banner
      tone={hasEnded ? 'warn' : 'info'}
      title={hasEnded ? `Version ${version} of the draft is no longer live` : `There is a newer version: ${newest}`}
      actions={
        <Button size="small" onPress={() => void move()} isPending={isPending} disabledReason={reason}>
          Put the draft on {newest}
        </Button>
      }
    >
      {hasEnded
        ? 'It can be neither tested nor published there. On another version it keeps its changes.'
        : 'The draft keeps its changes when it is put there.'}
    </Banner>
  );
}
