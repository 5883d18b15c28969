import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type JSX } from 'react';
import { useReasonWithout } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Button, serverNow } from '../../../ui/index.ts';
import { newestAlertQuery } from '../verify/newest-alert.ts';
import { Fact, Section } from './fact.tsx';
import { MaskedValue } from './masked-value.tsx';
import { OverlapBanner } from './overlap-banner.tsx';
import { RotateDialog } from './rotate-dialog.tsx';
import { webhookRotation } from './rotations.ts';
import { useHeaderNames } from './use-header-names.ts';

type Props = { readonly webhook: WebhookView; readonly workspaceId: string };

/** The secret of a webhook that has one of its own. */
export function SecretSection({ webhook, workspaceId }: Props): JSX.Element {
  const client = useQueryClient();
  const reason = useReasonWithout('webhooks:write');
  const [isRotating, setRotating] = useState(false);
  const rotation = useMemo(() => webhookRotation(webhook.id), [webhook.id]);
  const { signature: single } = useHeaderNames(workspaceId, webhook);
  const readAgain = (): void => {
    void client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
    void client.invalidateQueries({ queryKey: newestAlertQuery(workspaceId, webhook.id).queryKey });
  };
  return (
    <Section
      title="Authentication"
      actions={
        <Button size="small" icon="redo" onPress={() => setRotating(true)} disabledReason={reason}>
          Rotate secret…
        </Button>
      }
    >
      <OverlapBanner until={webhook.previousSecretUntil} single={single} />
      <dl className="facts is-rows">
        <Fact term="Authentication Secret">
          <MaskedValue
            key={webhook.updated}
            name="the secret"
            read={async () => (await rotation.read()).secret}
            disabledReason={reason}
          />
        </Fact>
      </dl>
      {isRotating && (
        <RotateDialog
          workspaceId={workspaceId}
          name={webhook.name}
          rotation={rotation}
          single={single}
          isOverlapping={(webhook.previousSecretUntil ?? 0) > serverNow()}
          onRotated={readAgain}
          onClose={() => setRotating(false)}
        />
      )}
    </Section>
  );
}
