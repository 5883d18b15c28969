import { useQueryClient } from '@tanstack/react-query';
import { useState, type JSX } from 'react';
import { ApiProblem } from '../../../api/problem.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Checkbox, ConfirmDialog, PlainText, toast } from '../../../ui/index.ts';
import { useTriggerLabels } from '../configuration/trigger-labels.ts';
import { discardDraft, publishDraft, type TaggedDraft } from './draft-requests.ts';
import { settingRows } from './setting-rows.ts';

type Props = {
  readonly workspaceId: string;
  readonly webhook: WebhookView;
  readonly tagged: TaggedDraft;
  readonly onClose: () => void;
};

/** Reads the draft again when it was changed elsewhere, so that asking once more is about the new one. */
function useReadAgain(workspaceId: string) {
  const client = useQueryClient();
  const readAgain = (): Promise<void> => client.invalidateQueries({ queryKey: keys.webhooks(workspaceId) });
  const orReadAgain = (error: unknown): never => {
    if (error instanceof ApiProblem && (error.status === 412 || error.status === 404)) void readAgain();
    throw error;
  };
  return { readAgain, orReadAgain };
}

type PublishProps = Props & {
  /** Asked for beside publishing, of a webhook that is off. */
  readonly onEnable: (published: WebhookView) => void;
};

export function PublishDialog({ workspaceId, webhook, tagged, onClose, onEnable }: PublishProps): JSX.Element {
  const { readAgain, orReadAgain } = useReadAgain(workspaceId);
  const [enables, setEnables] = useState(webhook.disabledBy === 'expired');
  const { draft, tag } = tagged;
  const changed = settingRows(draft, useTriggerLabels()).filter(({ isChanged }) => isChanged);
  const publish = async (): Promise<void> => {
    const published = await publishDraft(webhook.id, tag).catch(orReadAgain);
    toast(`The draft of ${webhook.name} was published`, { detail: `It is on version ${published.version}.` });
    await readAgain();
    if (webhook.status === 'disabled' && enables) onEnable(published);
  };
  return (
    <ConfirmDialog
      isOpen
      title={`Publish the draft of ${webhook.name}?`}
      action="Publish"
      cancel="Not yet"
      onClose={onClose}
      onConfirm={publish}
    >
      {changed.length === 0 ? (
        <p>It changes nothing: the webhook is like its draft already.</p>
      ) : (
        <>
          <p>From the next alert on, these are as in the draft:</p>
          <ul className="changed-settings">
            {changed.map(({ field, label, live, draft: after }) => (
              <li key={field}>
                {label}
                {field === 'version' && (
                  <>
                    : <PlainText text={live.join()} /> → <PlainText text={after.join()} />
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {draft.examples.length > 0 && (
        <p>{`The data of ${draft.examples.length === 1 ? 'one trigger' : `${draft.examples.length} triggers`} has another shape then. Your receiver has to be ready for it.`}</p>
      )}
      {webhook.status === 'disabled' && (
        <Checkbox
          isSelected={enables}
          onChange={setEnables}
          description="Publishing alone leaves it off. What it holds is asked about next."
        >
          Enable it afterwards
        </Checkbox>
      )}
    </ConfirmDialog>
  );
}

export function DiscardDialog({ workspaceId, webhook, tagged: { draft, tag }, onClose }: Props): JSX.Element {
  const { readAgain, orReadAgain } = useReadAgain(workspaceId);
  const discard = async (): Promise<void> => {
    await discardDraft(webhook.id, tag).catch(orReadAgain);
    toast(`The draft of ${webhook.name} was discarded`);
    await readAgain();
  };
  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={`Discard the draft of ${webhook.name}?`}
      action="Discard"
      cancel="Keep"
      onClose={onClose}
      onConfirm={discard}
    >
      <p>
        Its changes are lost. The webhook stays as it is. No other draft is made by itself before version {draft.of}{' '}
        ends; you can create one at any time.
      </p>
    </ConfirmDialog>
  );
}
