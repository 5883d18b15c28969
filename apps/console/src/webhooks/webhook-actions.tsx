import { useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState, type JSX, type ReactNode } from 'react';
import { lacking, useCan, useSession } from '../api/session.ts';
import { deliveryCountQuery } from '../api/deliveries.ts';
import type { WebhookView } from '../api/types.ts';
import { keys } from '../live/keys.ts';
import { ConfirmDialog } from '../ui/confirm-dialog.tsx';
import { MenuItem, MenuSeparator } from '../ui/menu.tsx';
import { toast, toastError } from '../ui/toasts.tsx';
import type { HeldAnswer } from './held-question.tsx';
import type { Held } from './held-words.ts';
import { followTest } from './test-runs.ts';
import { releaseHeld, removeWebhook, requestTest, switchTo } from './webhook-requests.ts';

const HeldQuestion = lazy(() =>
  import('./held-question.tsx').then(({ HeldQuestion: component }) => ({ default: component })),
);

type Asked =
  | { readonly of: 'remove'; readonly webhook: WebhookView }
  | { readonly of: 'held'; readonly webhook: WebhookView; readonly held: Held };

export type WebhookActions = {
  /** Follow it with `TestLine`. */
  readonly test: (webhook: WebhookView) => void;
  /** Asks first when events are held. */
  readonly enable: (webhook: WebhookView) => void;
  readonly disable: (webhook: WebhookView) => void;
  /** Asks first. */
  readonly remove: (webhook: WebhookView) => void;
  /** To be put into the page once: what is being asked. */
  readonly dialogs: ReactNode;
};

/** What can be done to a webhook, for a whole page of them. */
export function useWebhookActions(
  options: { readonly onRemoved?: (webhook: WebhookView) => void } = {},
): WebhookActions {
  const client = useQueryClient();
  const { workspaceId = '' } = useParams({ strict: false });
  const [asked, setAsked] = useState<Asked>();

  const readAgain = (): void => {
    void client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
    void client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) });
  };
  const test = async (webhook: WebhookView): Promise<void> => {
    try {
      const { deliveryId } = await requestTest(webhook.id);
      followTest(webhook.id, deliveryId);
      void client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) });
    } catch (error) {
      toastError(error, `No test could be sent to ${webhook.name}`);
    }
  };
  const turn = async (webhook: WebhookView, status: 'enabled' | 'disabled'): Promise<void> => {
    const changed: WebhookView = { ...webhook, status, disabledBy: status === 'enabled' ? null : 'admin' };
    const undo = (): void => void (status === 'disabled' ? enable(changed) : turn(changed, 'disabled'));
    // What is shown runs ahead of the server, what is said does not.
    try {
      await switchTo(client, workspaceId, webhook, status);
      toast(`${webhook.name} is ${status}`, { action: { label: 'Undo', onPress: undo } });
    } catch (error) {
      toastError(error, `${webhook.name} could not be ${status}`);
    }
  };
  const enable = async (webhook: WebhookView): Promise<void> => {
    try {
      const query = deliveryCountQuery(workspaceId, { webhook: webhook.id, status: 'held' });
      const held = await client.fetchQuery({ ...query, staleTime: 0 });
      if (held.count > 0) return setAsked({ of: 'held', webhook, held });
    } catch {
      // Enabling is what was asked for; what is held stays held.
    }
    await turn(webhook, 'enabled');
  };
  const enableWith = async (webhook: WebhookView, answer: HeldAnswer): Promise<void> => {
    const isStrict = webhook.delivery.strictOrder;
    const held = answer === 'discard' ? 'cancel' : answer === 'release' && isStrict ? 'release' : undefined;
    await switchTo(client, workspaceId, webhook, 'enabled', held);
    if (answer === 'release' && !isStrict) await releaseHeld(webhook.id);
    void client.invalidateQueries({ queryKey: keys.redeliveries(workspaceId) });
    const detail = {
      release: 'Held events are being released.',
      keep: 'Held events stay held.',
      discard: 'Held events were discarded.',
    };
    toast(`${webhook.name} is enabled`, { detail: detail[answer] });
  };
  const remove = async (webhook: WebhookView): Promise<void> => {
    await removeWebhook(webhook.id);
    options.onRemoved?.(webhook);
    readAgain();
    toast(`${webhook.name} was removed`);
  };

  const close = (): void => setAsked(undefined);
  return {
    test: (webhook) => void test(webhook),
    enable: (webhook) => void enable(webhook),
    disable: (webhook) => void turn(webhook, 'disabled'),
    remove: (webhook) => setAsked({ of: 'remove', webhook }),
    dialogs: (
      <>
        <ConfirmDialog
          isOpen={asked?.of === 'remove'}
          isDanger
          title={`Remove ${asked?.webhook.name ?? 'the webhook'}?`}
          action="Remove"
          cancel="Keep"
          onClose={close}
          onConfirm={() => (asked ? remove(asked.webhook) : Promise.resolve())}
        >
          <p>Alerts stop at once, and deliveries that wait are dropped. Its history stays in the activity log.</p>
        </ConfirmDialog>
        {asked?.of === 'held' && (
          <Suspense fallback={null}>
            <HeldQuestion
              webhook={asked.webhook}
              held={asked.held}
              onAnswer={(answer) => enableWith(asked.webhook, answer)}
              onClose={close}
            />
          </Suspense>
        )}
      </>
    ),
  };
}

/** Why each action is off for this webhook and whoever is signed in; undefined where it is not. */
export function useActionReasons(webhook: WebhookView) {
  const can = useCan();
  const session = useSession();
  const role = can('webhooks:write') ? undefined : lacking(session);
  const expired = webhook.disabledBy === 'expired' ? `Version ${webhook.version} has ended.` : undefined;
  return {
    edit: role,
    test: role ?? expired,
    enable: role ?? (expired && `${expired} Publish the draft first.`),
    disable: role,
    remove: role,
  };
}

type ItemsProps = {
  readonly webhook: WebhookView;
  readonly actions: WebhookActions;
  readonly onEdit?: () => void;
  /** Beside buttons of the same name they are left out. */
  readonly withoutTest?: boolean;
};

/** The items of a webhook's menu: Edit, Test, Disable or Enable, Remove. */
export function WebhookMenuItems({ webhook, actions, onEdit, withoutTest }: ItemsProps): JSX.Element {
  const reasons = useActionReasons(webhook);
  return (
    <>
      {onEdit && (
        <MenuItem icon="edit" onAction={onEdit} disabledReason={reasons.edit}>
          Edit
        </MenuItem>
      )}
      {!withoutTest && (
        <MenuItem icon="send" onAction={() => actions.test(webhook)} disabledReason={reasons.test}>
          Test
        </MenuItem>
      )}
      {webhook.status === 'enabled' ? (
        <MenuItem icon="pause" onAction={() => actions.disable(webhook)} disabledReason={reasons.disable}>
          Disable
        </MenuItem>
      ) : (
        <MenuItem icon="play" onAction={() => actions.enable(webhook)} disabledReason={reasons.enable}>
          Enable
        </MenuItem>
      )}
      <MenuSeparator />
      <MenuItem icon="trash" isDanger onAction={() => actions.remove(webhook)} disabledReason={reasons.remove}>
        Remove
      </MenuItem>
    </>
  );
}
