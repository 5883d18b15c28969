import { useState, type JSX } from 'react';
import { localInput } from '../words/period.ts';
import { DAY } from '../words/times.ts';
import { FormDialog } from './form-dialog.tsx';
import { TextField } from './text-field.tsx';
import { serverNow } from './use-now.ts';

/** Instants in ISO 8601; what is undefined has no limit. */
export type Range = { readonly from: string | undefined; readonly to: string | undefined };

type Props = {
  readonly range: Range;
  /** Its end begins as this moment; else as open. */
  readonly isBounded?: boolean;
  /** What is wrong with what has been entered, in a sentence. */
  readonly check: (from: Date | undefined, to: Date | undefined) => string | undefined;
  readonly onApply: (range: Range) => void;
  readonly onClose: () => void;
};

/** A beginning and an end, in local time. */
export function RangeDialog({ range, isBounded = false, check, onApply, onClose }: Props): JSX.Element {
  const [begin, setBegin] = useState(() => (range.from === undefined ? local(serverNow() - DAY) : local(range.from)));
  const [end, setEnd] = useState(() => local(range.to ?? (isBounded ? serverNow() : undefined)));
  const [error, setError] = useState<string>();
  const apply = (): void => {
    const [from, to] = [begin, end].map((text) => (text === '' ? undefined : new Date(text)));
    const wrong = check(from, to);
    setError(wrong);
    if (wrong !== undefined) return;
    onApply({ from: from?.toISOString(), to: to?.toISOString() });
    onClose();
  };
  return (
    <FormDialog title="Custom range" action="Apply" onClose={onClose} onSubmit={apply}>
      <TextField label="From" type="datetime-local" value={begin} onChange={setBegin} autoFocus />
      <TextField
        label="To"
        type="datetime-local"
        value={end}
        onChange={setEnd}
        error={error}
        description={isBounded ? 'Your local time.' : 'Your local time. What is left empty has no limit.'}
      />
    </FormDialog>
  );
}

const local = (at: string | number | undefined): string => (at === undefined ? '' : localInput(new Date(at).getTime()));
