import { useMatch, useParams, useSearch } from '@tanstack/react-router';
import type { JSX } from 'react';
import { lacking, useCan, useSession } from '../../api/session.ts';
import { Page } from '../../app/page.tsx';
import { EmptyState, LinkButton } from '../../ui/index.ts';
import { BackToWebhooks } from './form-fields.tsx';
import { FormLoader } from './form-loader.tsx';
import type { Mode } from './form-values.ts';
import './webhook-form.css';

/** Creates a webhook, edits one, or edits its draft: three routes, one form. */
export default function WebhookFormPage(): JSX.Element {
  const { workspaceId = '', webhookId } = useParams({ strict: false });
  const { trigger } = useSearch({ strict: false });
  const { routeId } = useMatch({ strict: false });
  const can = useCan();
  if (!can('webhooks:write')) return <NotAllowed workspaceId={workspaceId} isNew={webhookId === undefined} />;
  const mode: Mode =
    webhookId === undefined
      ? { kind: 'create', trigger }
      : { kind: routeId.endsWith('/draft/edit') ? 'draft' : 'edit', webhookId };
  return <FormLoader key={`${workspaceId} ${mode.kind} ${webhookId ?? ''}`} workspaceId={workspaceId} mode={mode} />;
}

function NotAllowed({ workspaceId, isNew }: { workspaceId: string; isNew: boolean }): JSX.Element {
  const session = useSession();
  return (
    <Page title={isNew ? 'Create webhook' : 'Edit webhook'} back={<BackToWebhooks workspaceId={workspaceId} />}>
      <div className="card">
        <EmptyState
          icon="ban"
          title="You can look at webhooks, not change them"
          actions={
            <LinkButton kind="primary" to="/w/$workspaceId/webhooks" params={{ workspaceId }}>
              Go to the webhooks
            </LinkButton>
          }
        >
          {lacking(session)} A webhook admin or an owner of this workspace can do this, or give you another role.
        </EmptyState>
      </div>
    </Page>
  );
}
