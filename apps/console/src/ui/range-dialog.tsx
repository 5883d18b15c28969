import { useState, type JSX } from 'react';
import { Button, Dialog, serverNow, TextField } from '../../ui/index.ts';
import { DAY } from '../../words/times.ts';
import { localInput, rangeError } from '../../words/period.ts';

type Props = {
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly onApply: (from: string, to: string) => void;
  readonly onClose: () => void;
};

/** A beginning and an end, in local time. */
export function RangeDialog({ from, to, onApply, onClose }: Props): JSX.Element {
  const [begin, setBegin] = useState(() => localInput(from === undefined ? serverNow() - DAY : Date.parse(from)));
  const [end, setEnd] = useState(() => localInput(to === undefined ? serverNow() : Date.parse(to)));
  const [error, setError] = useState<string>();
  const apply = (): void => {
    const [first, last] = [new Date(begin), new Date(end)];
    const wrong = rangeError(first, last);
    setError(wrong);
    if (wrong !== undefined) return;
    onApply(first.toISOString(), last.toISOString());
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Custom range"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="range">
            Apply
          </Button>
        </>
      }
    >
      <form
        id="range"
        className="stack gap-3"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <TextField label="From" type="datetime-local" value={begin} onChange={setBegin} autoFocus />
        <TextField
          label="To"
          type="datetime-local"
          value={end}
          onChange={setEnd}
          error={error}
          description="Your local time."
        />
      </form>
    </Dialog>
  );
}
