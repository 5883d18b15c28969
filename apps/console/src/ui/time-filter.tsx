import { useState, type JSX } from 'react';
import { orderError, rangeInWords } from '../words/period.ts';
import { DAY } from '../words/times.ts';
import { FilterMenu } from './filter-bar.tsx';
import { RangeDialog, type Range } from './range-dialog.tsx';
import type { Option } from './select.tsx';
import { serverNow } from './use-now.ts';

type Props = Range & { readonly onChange: (range: Range) => void };

const ago = { '1h': DAY / 24, '24h': DAY, '7d': 7 * DAY, '30d': 30 * DAY } as const;
type Choice = keyof typeof ago | 'shown' | 'other';

/** A link to it shows the same to everybody, also tomorrow: the URL has instants, not "the last hour". */
export function TimeFilter({ from, to, onChange }: Props): JSX.Element {
  const [asks, setAsks] = useState(false);
  const isSet = from !== undefined || to !== undefined;
  const options: Option<Choice>[] = [
    ...(isSet ? [{ value: 'shown' as const, label: rangeInWords(from, to) }] : []),
    { value: '1h', label: 'Last hour' },
    { value: '24h', label: 'Last 24 hours' },
    { value: '7d', label: 'Last 7 days' },
    { value: '30d', label: 'Last 30 days' },
    { value: 'other', label: 'Custom range…' },
  ];
  const choose = (choice: Choice | undefined): void => {
    if (choice === 'other') setAsks(true);
    else if (choice === undefined) onChange({ from: undefined, to: undefined });
    else if (choice !== 'shown') onChange({ from: new Date(serverNow() - ago[choice]).toISOString(), to: undefined });
  };
  return (
    <>
      <FilterMenu<Choice> label="Time" options={options} value={isSet ? 'shown' : undefined} onChange={choose} />
      {asks && (
        <RangeDialog range={{ from, to }} check={orderError} onApply={onChange} onClose={() => setAsks(false)} />
      )}
    </>
  );
}
