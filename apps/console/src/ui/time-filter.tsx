import { useState, type JSX } from 'react';
import { Button, Dialog, FilterMenu, serverNow, TextField, type Option } from '../../ui/index.ts';
import { DAY } from '../../words/times.ts';
import { localInput, rangeInWords } from '../../words/period.ts';

type Range = { readonly from: string | undefined; readonly to: string | undefined };
type Props = Range & { readonly onChange: (range: Range) => void };

const ago = { '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
type Choice = keyof typeof ago | 'shown' | 'other';

/** The URL has instants, so that a link shows the same to everybody, also tomorrow. */
export function PeriodFilter({ from, to, onChange }: Props): JSX.Element {
  const [asks, setAsks] = useState(false);
  const isSet = from !== undefined || to !== undefined;
  const options: Option<Choice>[] = [
    ...(isSet ? [{ value: 'shown' as const, label: rangeInWords(from, to) }] : []),
    { value: '24h', label: 'Last 24 hours' },
    { value: '7d', label: 'Last 7 days' },
    { value: '30d', label: 'Last 30 days' },
    { value: 'other', label: 'Custom period…' },
  ];
  const choose = (choice: Choice | undefined): void => {
    if (choice === 'other') setAsks(true);
    else if (choice === undefined) onChange({ from: undefined, to: undefined });
    else if (choice !== 'shown') onChange({ from: new Date(serverNow() - ago[choice]).toISOString(), to: undefined });
  };
  return (
    <>
      <FilterMenu<Choice> label="Period" options={options} value={isSet ? 'shown' : undefined} onChange={choose} />
      {asks && <PeriodDialog from={from} to={to} onChange={onChange} onClose={() => setAsks(false)} />}
    </>
  );
}

function PeriodDialog({ from, to, onChange, onClose }: Props & { onClose: () => void }): JSX.Element {
  const [begin, setBegin] = useState(() => localInput(from === undefined ? serverNow() - DAY : Date.parse(from)));
  const [end, setEnd] = useState(() => (to === undefined ? '' : localInput(Date.parse(to))));
  const [isRefused, setRefused] = useState(false);
  const wrong = begin !== '' && end !== '' && begin >= end ? 'The end is not after the beginning.' : undefined;
  const apply = (): void => {
    setRefused(wrong !== undefined);
    if (wrong !== undefined) return;
    const instant = (local: string): string | undefined => (local === '' ? undefined : new Date(local).toISOString());
    onChange({ from: instant(begin), to: instant(end) });
    onClose();
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title="Custom period"
      footer={
        <>
          <Button onPress={onClose}>Cancel</Button>
          <Button kind="primary" type="submit" form="period">
            Apply
          </Button>
        </>
      }
    >
      <form
        id="period"
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
          error={isRefused ? wrong : undefined}
          description="Your local time. What is left empty has no limit."
        />
      </form>
    </Dialog>
  );
}
