import { useState, type JSX } from 'react';
import type { WebhookView } from '../api/types.ts';
import { Button, Dialog, ErrorPanel } from '../ui/index.ts';
import { heldEvents, type Held } from './held-words.ts';

export type HeldAnswer = 'release' | 'keep' | 'discard';
type Props = {
  readonly webhook: WebhookView;
  readonly held: Held;
  readonly onAnswer: (answer: HeldAnswer) => Promise<void>;
  readonly onClose: () => void;
};

/** What becomes of the held events when their webhook goes on. */
export function HeldQuestion({ webhook, held, onAnswer, onClose }: Props): JSX.Element {
  const [discards, setDiscards] = useState(false);
  const [pending, setPending] = useState<HeldAnswer>();
  const [error, setError] = useState<unknown>();
  const answer = async (given: HeldAnswer): Promise<void> => {
    setPending(given);
    setError(undefined);
    try {
      await onAnswer(given);
      onClose();
    } catch (failure) {
      setError(failure);
      setPending(undefined);
    }
  };
  const button = (given: HeldAnswer, label: string, kind: 'normal' | 'primary' | 'danger-primary') => (
    <Button kind={kind} isPending={pending === given} onPress={() => void answer(given)}>
      {label}
    </Button>
  );
  return (
    <Dialog
      role="alertdialog"
      isOpen
      onClose={onClose}
      title={`Enable ${webhook.name}: ${discards ? 'discard' : 'release'} ${heldEvents(held)}?`}
      footer={
        discards ? (
          <>
            <Button onPress={() => setDiscards(false)} autoFocus>
              Back
            </Button>
            {button('discard', 'Discard', 'danger-primary')}
          </>
        ) : (
          <>
            <Button kind="quiet" onPress={onClose} autoFocus>
              Cancel
            </Button>
            <Button kind="danger" onPress={() => setDiscards(true)}>
              Discard…
            </Button>
            {!webhook.delivery.strictOrder && button('keep', 'Keep held', 'normal')}
            {button('release', 'Release', 'primary')}
          </>
        )
      }
    >
      {discards ? (
        <p>They are never sent. Their events stay in the activity of the platform.</p>
      ) : (
        <>
          <p>
            Events were kept for it while it was disabled. Whatever you choose, it is enabled and gets what is new.
            Released, what was kept is sent, too.
          </p>
          {webhook.delivery.strictOrder ? (
            <p>Its order is strict: they go out before anything newer, or not at all.</p>
          ) : (
            <p>Kept, they wait until somebody releases them from its deliveries.</p>
          )}
        </>
      )}
      {error !== undefined && <ErrorPanel error={error} />}
    </Dialog>
  );
}
