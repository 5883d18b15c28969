import { useNavigate } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { Badge, StatusPill } from '../../ui/badge.tsx';
import { PlainText } from '../../ui/body-view.tsx';
import { Button, IconButton } from '../../ui/button.tsx';
import { Copyable } from '../../ui/copy-button.tsx';
import { LinkButton } from '../../ui/link.tsx';
import { Menu } from '../../ui/menu.tsx';
import { useMinute } from '../../ui/use-now.ts';
import { webhookState } from '../../words/states.ts';
import { date } from '../../words/times.ts';
import { TestLine } from '../../webhooks/test-line.tsx';
import { useActionReasons, WebhookMenuItems, type WebhookActions } from '../../webhooks/webhook-actions.tsx';

/** What stands beside the name: status, version and when it ends. */
export function WebhookPills({ webhook }: { webhook: WebhookView }): JSX.Element {
  const now = useMinute();
  const { word, tone, icon } = webhookState(webhook);
  const { version, expiresAt, expiring } = webhook;
  return (
    <span className="row gap-2">
      <StatusPill tone={tone} icon={icon} data-testid="webhook-state" data-state={webhook.status}>
        {word}
      </StatusPill>
      <Badge tone={expiring ? 'warn' : 'neutral'}>
        {version}
        {expiresAt !== null && ` ${expiresAt <= now ? 'ended' : 'ends'} ${date(expiresAt)}`}
      </Badge>
    </span>
  );
}

type ActionsProps = { readonly webhook: WebhookView; readonly workspaceId: string; readonly actions: WebhookActions };

export function HeaderActions({ webhook, workspaceId, actions }: ActionsProps): JSX.Element {
  const navigate = useNavigate();
  const reasons = useActionReasons(webhook);
  const edit = (): void =>
    void navigate({ to: '/w/$workspaceId/webhooks/$webhookId/edit', params: { workspaceId, webhookId: webhook.id } });
  const label = `More actions for ${webhook.name}`;
  return (
    <>
      <Button icon="send" onPress={() => actions.test(webhook)} disabledReason={reasons.test}>
        Send test
      </Button>
      <Button icon="edit" onPress={edit} disabledReason={reasons.edit}>
        Edit
      </Button>
      <Menu label={label} trigger={<IconButton icon="more" kind="normal" label={label} tooltip={false} />}>
        <WebhookMenuItems webhook={webhook} actions={actions} withoutTest />
      </Menu>
    </>
  );
}

/** Where it goes, and how the test that was asked for goes. */
export function HeaderLine({ webhook, workspaceId }: Omit<ActionsProps, 'actions'>): JSX.Element {
  return (
    <div className="row gap-3">
      <Copyable text={webhook.url} label="Copy URL">
        <code className="url">
          <PlainText text={webhook.url} />
        </code>
      </Copyable>
      <TestLine webhookId={webhook.id} workspaceId={workspaceId} />
    </div>
  );
}

/** In a row of the list, which has the name, the status and the menu already. */
export function InPlaceHeader({ webhook, workspaceId, actions }: ActionsProps): JSX.Element {
  return (
    <div className="row gap-3">
      <h2>
        <PlainText text={webhook.name} />
      </h2>
      <WebhookPills webhook={webhook} />
      <span className="row push">
        <LinkButton
          kind="quiet"
          icon="external"
          to="/w/$workspaceId/webhooks/$webhookId"
          params={{ workspaceId, webhookId: webhook.id }}
        >
          Open as a page
        </LinkButton>
        <HeaderActions webhook={webhook} workspaceId={workspaceId} actions={actions} />
      </span>
    </div>
  );
}
