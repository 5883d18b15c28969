import { FormProvider } from 'react-hook-form';
import { useMemo, type FormEvent, type JSX } from 'react';
import type { VersionView } from '../../api/types.ts';
import { Page } from '../../app/page.tsx';
import { Banner, Link, PlainText, useShortcuts } from '../../ui/index.ts';
import { TestLine } from '../../webhooks/test-line.tsx';
import { BackToWebhooks } from './form-fields.tsx';
import { BasicsSection } from './basics-section.tsx';
import { ConflictPanel } from './conflict-panel.tsx';
import { DeliverySection } from './delivery-section.tsx';
import { DestinationSection } from './destination-section.tsx';
import { ErrorSummary } from './error-summary.tsx';
import type { Catalog, Edited } from './form-queries.ts';
import { LeaveQuestion } from './leave-question.tsx';
import type { Mode } from './form-values.ts';
import { ScopeSection } from './scope-section.tsx';
import { SecuritySection } from './security-section.tsx';
import { SendTestButton } from './send-test-button.tsx';
import { Summary } from './summary.tsx';
import { TriggersSection } from './triggers-section.tsx';
import { useWebhookForm } from './use-webhook-form.ts';
import { VersionSection } from './version-section.tsx';

type Props = {
  readonly workspaceId: string;
  readonly mode: Mode;
  readonly versions: readonly VersionView[];
  readonly catalog: Catalog;
  /** What is edited as the server has it now. */
  readonly latest: Edited | undefined;
  readonly onReadAgain: () => Promise<Edited | undefined>;
};

export function WebhookForm(props: Props): JSX.Element {
  const { workspaceId, mode, versions, catalog } = props;
  const { form, base, changes, problem, attempts, collisions, isSaved, submit, saveOver, takeTheirs, leave } =
    useWebhookForm(props);
  const { isDirty, isSubmitting } = form.formState;
  const webhook = base?.webhook;
  useShortcuts({ 'mod+Enter': () => void submit() });
  const live = useMemo(() => versions.filter(({ status }) => status !== 'expired'), [versions]);
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    void submit();
  };
  const hasConflict = changes.length > 0 && isDirty && !isSubmitting && !isSaved;
  return (
    <FormProvider {...form}>
      <Page
        title={titleOf(mode, webhook)}
        heading={<PlainText text={titleOf(mode, webhook)} />}
        back={<BackToWebhooks workspaceId={workspaceId} />}
        actions={mode.kind !== 'create' && <SendTestButton mode={mode} isUnsaved={isDirty || base?.isNew === true} />}
      >
        {mode.kind !== 'create' && <TestLine webhookId={mode.webhookId} workspaceId={workspaceId} />}
        {mode.kind === 'draft' && (
          <Banner tone="info">
            {base?.isNew ? 'There is no draft yet: saving makes one. ' : ''}Nothing changes for the webhook until it is
            published.{' '}
            {base?.isNew !== true && (
              <Link
                to="/w/$workspaceId/webhooks/$webhookId"
                params={{ workspaceId, webhookId: mode.webhookId }}
                search={{ tab: 'draft' }}
              >
                Compare it with the live webhook
              </Link>
            )}
          </Banner>
        )}
        <ErrorSummary attempts={attempts} problem={problem} />
        {hasConflict && (
          <ConflictPanel changes={changes} collisions={collisions} onSaveOver={saveOver} onTakeTheirs={takeTheirs} />
        )}
        <form className="columns" onSubmit={onSubmit} noValidate aria-label={titleOf(mode, webhook)}>
          <div className="stack gap-4">
            <BasicsSection />
            <DestinationSection />
            <SecuritySection workspaceId={workspaceId} mode={mode} webhook={webhook} />
            <TriggersSection newest={versions[0]?.name} catalog={catalog} />
            <ScopeSection workspaceId={workspaceId} />
            <VersionSection workspaceId={workspaceId} mode={mode} webhook={webhook} versions={versions} live={live} />
            <DeliverySection />
          </div>
          <Summary workspaceId={workspaceId} mode={mode} webhook={webhook} live={live} onCancel={leave} />
        </form>
      </Page>
      <LeaveQuestion isAsked={isDirty && !isSaved} />
    </FormProvider>
  );
}

function titleOf({ kind }: Mode, webhook: Edited['webhook'] | undefined): string {
  if (kind === 'create') return 'Create webhook';
  const name = webhook === undefined ? '' : webhook.name.trim() || `Webhook ${webhook.id}`;
  return kind === 'edit' ? `Edit ${name}` : `Edit the draft of ${name}`;
}
