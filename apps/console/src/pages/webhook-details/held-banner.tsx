import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { deliveryCountQuery } from '../../api/deliveries.ts';
import { useReasonWithout } from '../../api/session.ts';
import type { WebhookView } from '../../api/types.ts';
import { keys } from '../../live/keys.ts';
import { announce, Banner, Button, ConfirmDialog } from '../../ui/index.ts';
import { heldEvents } from '../../webhooks/held-words.ts';
import { cancelHeld, releaseHeld } from '../../webhooks/webhook-requests.ts';

type Props = { readonly workspaceId: string; readonly webhook: WebhookView; readonly onShow: () => void };

/** What a webhook holds, and what can become of it. */
export function HeldBanner({ workspaceId, webhook, onShow }: Props): JSX.Element | null {
  const client = useQueryClient();
  const off = useReasonWithout('webhooks:write');
  const [asks, setAsks] = useState<'release' | 'discard'>();
  const { data: held } = useQuery({
    ...deliveryCountQuery(workspaceId, { webhook: webhook.id, status: 'held' }),
    meta: { isAside: true },
  });
  const settle = async (request: Promise<unknown>, said: string): Promise<void> => {
    await request;
    announce(said);
    void client.invalidateQueries({ queryKey: keys.redeliveries(workspaceId) });
    void client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) });
  };
  if (held === undefined || (held.count === 0 && asks === undefined)) return null;
  const events = heldEvents(held);
  const isDisabled = webhook.status === 'disabled';
  return (
    <>
      <Banner
        tone="warn"
        title={events.charAt(0).toUpperCase() + events.slice(1)}
        actions={
          <>
            <Button
              size="small"
              disabledReason={off ?? (isDisabled ? 'The webhook is disabled. Enable it first.' : undefined)}
              onPress={() => setAsks('release')}
            >
              Release…
            </Button>
            <Button size="small" kind="danger" disabledReason={off} onPress={() => setAsks('discard')}>
              Discard…
            </Button>
            <Button size="small" kind="quiet" onPress={onShow}>
              Show them
            </Button>
          </>
        }
      >
        {isDisabled
          ? 'They wait until the webhook is enabled and they are released.'
          : 'They wait until they are released.'}
      </Banner>
      <ConfirmDialog
        isOpen={asks === 'release'}
        onClose={() => setAsks(undefined)}
        title={`Release ${events}?`}
        action="Release"
        cancel="Keep held"
        onConfirm={() => settle(releaseHeld(webhook.id), 'Accepted: held events are being released.')}
      >
        <p>Each is sent, with all its attempts anew, beside what is new.</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={asks === 'discard'}
        onClose={() => setAsks(undefined)}
        isDanger
        title={`Discard ${events}?`}
        action="Discard"
        cancel="Keep held"
        onConfirm={() => settle(cancelHeld(webhook.id), 'Held events were discarded.')}
      >
        <p>They are never sent. This cannot be taken back.</p>
      </ConfirmDialog>
    </>
  );
}
