import { useMemo, useRef, useState, type JSX } from 'react';
import type { DraftView } from '../../../api/types.ts';
import { announce, IconButton, PlainText, Segments, Select } from '../../../ui/index.ts';
import { count } from '../../../words/numbers.ts';
import { useTriggerLabels } from '../configuration/trigger-labels.ts';
import { DiffView, type DiffForm } from './diff-view.tsx';
import { changesIn, lineDiff } from './line-diff.ts';

type Example = DraftView['examples'][number];
type Props = { readonly draft: DraftView; readonly liveVersion: string };

/** How the data of alerts changes, trigger by trigger. */
export function PayloadDiff({ draft, liveVersion }: Props): JSX.Element {
  const labelOf = useTriggerLabels();
  const [trigger, setTrigger] = useState<string>();
  const example = draft.examples.find((each) => each.trigger === trigger) ?? draft.examples[0];
  if (example === undefined) return <p className="muted">The data of every alert stays as it is.</p>;
  return (
    <div className="stack gap-3">
      <Select
        label="Example payload of"
        options={draft.examples.map((each) => ({
          value: each.trigger,
          label: labelOf(each.trigger),
          description: each.trigger,
        }))}
        value={example.trigger}
        onChange={setTrigger}
      />
      <OneExample key={example.trigger} example={example} liveVersion={liveVersion} draftVersion={draft.version} />
    </div>
  );
}

const linesOf = (data: Example['live']): readonly string[] =>
  data === null ? [] : JSON.stringify(data, null, 2).split('\n');
const isNarrow = (): boolean => matchMedia('(max-width: 43.75rem)').matches;

type OneProps = { readonly example: Example; readonly liveVersion: string; readonly draftVersion: string };

function OneExample({ example, liveVersion, draftVersion }: OneProps): JSX.Element {
  const [form, setForm] = useState<DiffForm>(() => (isNarrow() ? 'unified' : 'split'));
  const [current, setCurrent] = useState<number>();
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => lineDiff(linesOf(example.live), linesOf(example.draft)), [example]);
  const changes = changesIn(lines);
  const go = (step: 1 | -1): void => {
    const next = current === undefined ? (step === 1 ? 0 : changes - 1) : (current + step + changes) % changes;
    setCurrent(next);
    box.current?.querySelector<HTMLElement>(`[data-change="${next}"]`)?.focus();
    announce(`Change ${next + 1} of ${changes}`);
  };
  return (
    <div className="stack gap-3">
      <div className="row">
        <Segments
          label="Form of the difference"
          options={[
            { value: 'split', label: 'Side by side' },
            { value: 'unified', label: 'Unified' },
          ]}
          value={form}
          onChange={setForm}
        />
        <span className="row is-nowrap gap-1 push">
          <span className="muted">
            {current === undefined ? count(changes, ['change', 'changes']) : `Change ${current + 1} of ${changes}`}
          </span>
          <IconButton icon="arrowUp" label="Previous change" onPress={() => go(-1)} />
          <IconButton icon="arrowDown" label="Next change" onPress={() => go(1)} />
        </span>
      </div>
      {example.live === null && (
        <p>
          The webhook does not listen to <PlainText text={example.trigger} /> now. Once the draft is published, it does.
        </p>
      )}
      <div ref={box}>
        <DiffView lines={lines} form={form} before={`Live, on ${liveVersion}`} after={`Draft, on ${draftVersion}`} />
      </div>
    </div>
  );
}
