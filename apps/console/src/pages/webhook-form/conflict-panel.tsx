import { useEffect, useRef, type JSX } from 'react';
import { Banner, Button, PlainText } from '../../ui/index.ts';
import type { Change } from './changes.ts';

type Props = {
  readonly changes: readonly Change[];
  /** Each attempt to save puts the focus here; what is only told live does not. */
  readonly collisions: number;
  readonly onSaveOver: () => void;
  readonly onTakeTheirs: () => void;
};

/** Somebody else changed the webhook while it was edited here. What was typed stays until its author decides. */
export function ConflictPanel({ changes, collisions, onSaveOver, onTakeTheirs }: Props): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (collisions > 0) box.current?.focus();
  }, [collisions]);
  return (
    <div ref={box} tabIndex={-1} role="group" aria-label="Changed elsewhere" className="form-problems">
      <Banner
        tone="warn"
        role="status"
        title="This webhook was changed elsewhere while you edited it"
        actions={
          <>
            <Button kind="danger" onPress={onSaveOver}>
              Save mine over it
            </Button>
            <Button onPress={onTakeTheirs}>Take theirs</Button>
          </>
        }
      >
        <div className="stack gap-2">
          <p>Nothing of yours is saved yet. What changed:</p>
          <dl className="facts is-rows conflict-changes">
            {changes.map(({ label, lines }) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  {lines.map((line) => (
                    <p key={line}>
                      <PlainText text={line} />
                    </p>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
          <p className="small">
            Saving over it sets every field to what this form has. Taking theirs drops what you typed.
          </p>
        </div>
      </Banner>
    </div>
  );
}
