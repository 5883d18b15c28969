import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { useReasonWithout } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { announce, Button, LinkButton, PlainText, serverNow, toastError } from '../../../ui/index.ts';
import { Section } from '../configuration/fact.tsx';
import { followTest } from '../../../webhooks/test-runs.ts';
import { DraftNotice } from './draft-notice.tsx';
import { testDraft, versionsQuery, type TaggedDraft } from './draft-requests.ts';
import { draftOrigin, isLive } from './draft-words.ts';
import { PayloadDiff } from './payload-diff.tsx';
import { SettingTable } from './setting-table.tsx';

type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly tagged: TaggedDraft;
  readonly onPublish: () => void;
  readonly onDiscard: () => void;
};

/** A draft beside the webhook it is of. */
export function DraftShown({ workspaceId, webhook, tagged, onPublish, onDiscard }: Props): JSX.Element {
  const client = useQueryClient();
  const role = useReasonWithout('webhooks:write');
  const [isTesting, setTesting] = useState(false);
  const { data: versions } = useQuery(versionsQuery);
  const { draft } = tagged;
  const hasEnded = versions !== undefined && !isLive(draft, versions.items, serverNow());
  const ended = hasEnded ? `Version ${draft.version} is no longer live.` : undefined;
  const test = async (): Promise<void> => {
    setTesting(true);
    try {
      const { deliveryId } = await testDraft(webhook.id);
      followTest(webhook.id, deliveryId);
      announce('The test of the draft is on its way.');
      void client.invalidateQueries({ queryKey: keys.deliveries(workspaceId) });
    } catch (error) {
      toastError(error, 'No test of the draft could be sent');
    } finally {
      setTesting(false);
    }
  };
  return (
    <div className="stack gap-4">
      <div className="row">
        <div className="stack gap-1 grow">
          <h2>
            Draft of <PlainText text={webhook.name} /> on version {draft.version}
          </h2>
          <p className="muted">Nothing changes until you publish it. {draftOrigin(draft, webhook)}</p>
        </div>
        <div className="row">
          <Button kind="danger" onPress={onDiscard} disabledReason={role}>
            Discard…
          </Button>
          <Button icon="send" onPress={() => void test()} isPending={isTesting} disabledReason={role ?? ended}>
            Send test of the draft
          </Button>
          {role === undefined ? (
            <LinkButton
              icon="edit"
              to="/w/$workspaceId/webhooks/$webhookId/draft/edit"
              params={{ workspaceId, webhookId: webhook.id }}
            >
              Edit the draft
            </LinkButton>
          ) : (
            <Button icon="edit" disabledReason={role}>
              Edit the draft
            </Button>
          )}
          <Button kind="primary" onPress={onPublish} disabledReason={role ?? ended}>
            Publish…
          </Button>
        </div>
      </div>
      <DraftNotice
        workspaceId={workspaceId}
        webhook={webhook}
        tagged={tagged}
        newest={versions?.items.find(({ status }) => status === 'current')?.name}
        hasEnded={hasEnded}
      />
      <Section title="Settings">
        <SettingTable draft={draft} />
      </Section>
      <Section title="Example payloads">
        <PayloadDiff draft={draft} liveVersion={webhook.version} />
      </Section>
    </div>
  );
}
