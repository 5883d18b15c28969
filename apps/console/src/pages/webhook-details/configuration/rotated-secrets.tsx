import type { JSX } from 'react';
import { Button, Copyable, Dialog, PlainText, useNow } from '../../../ui/index.ts';
import { dateAndTime } from '../../../words/times.ts';
import { OverlapNote } from './overlap-note.tsx';
import { overlapLeft } from './overlap-words.ts';

export type Rotated = { readonly secret: string; readonly old: string; readonly until: number | null };
type Props = { readonly rotated: Rotated; readonly single: string; readonly onClose: () => void };

/** Both secrets, to be put into the receiver. Closed by its button alone, since the old one is shown nowhere else. */
export function RotatedSecrets({ rotated: { secret, old, until }, single, onClose }: Props): JSX.Element {
  const left = overlapLeft(until, useNow());
  const isOwn = secret === old;
  return (
    <Dialog
      title="The secret was rotated"
      isOpen
      onClose={onClose}
      isDismissable={false}
      footer={
        <Button kind="primary" onPress={onClose} autoFocus>
          Done
        </Button>
      }
    >
      {isOwn ? (
        <p>This is the secret it had already, so nothing has changed.</p>
      ) : left !== null && until !== null ? (
        <p>
          Both secrets count until {dateAndTime(until)}: {left} left. Let your receiver accept either, then drop the old
          one. The old one is not shown again.
        </p>
      ) : (
        <p>The old secret signs nothing any more. Put the new one into your receiver now.</p>
      )}
      <dl className="facts is-rows">
        <Shown term="New secret" text={secret} />
        {left !== null && !isOwn && <Shown term="Old secret" text={old} />}
      </dl>
      {left !== null && !isOwn && <OverlapNote single={single} />}
    </Dialog>
  );
}

const Shown = ({ term, text }: { term: string; text: string }): JSX.Element => (
  <div>
    <dt>{term}</dt>
    <dd>
      <Copyable text={text} label={`Copy the ${term.toLowerCase()}`}>
        <code className="masked">
          <PlainText text={text} />
        </code>
      </Copyable>
    </dd>
  </div>
);
