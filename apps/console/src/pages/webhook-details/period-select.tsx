import { useState, type JSX } from 'react';
import { RangeDialog, Select, type Option } from '../../ui/index.ts';
import { periodOf, presetNames, rangeError, rangeInWords, textOfPeriod, type Preset } from '../../words/period.ts';

type Choice = Preset | 'shown' | 'other';
type Props = {
  /** Of the URL. */
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
};

/** What the chart is about. */
export function PeriodSelect({ value, onChange }: Props): JSX.Element {
  const [asks, setAsks] = useState(false);
  const period = periodOf(value);
  const range = 'preset' in period ? undefined : period;
  const options: Option<Choice>[] = (Object.keys(presetNames) as Preset[]).map((preset) => ({
    value: preset,
    label: presetNames[preset],
  }));
  if (range) options.push({ value: 'shown', label: rangeInWords(range.from, range.to) });
  options.push({ value: 'other', label: 'Custom range…' });
  return (
    <>
      <Select<Choice>
        label="Period"
        hideLabel
        options={options}
        value={'preset' in period ? period.preset : 'shown'}
        onChange={(choice) => {
          if (choice === 'other') setAsks(true);
          else if (choice !== 'shown') onChange(textOfPeriod({ preset: choice }));
        }}
      />
      {asks && (
        <RangeDialog
          range={{ from: range?.from, to: range?.to }}
          isBounded
          check={rangeError}
          onApply={({ from, to }) => from !== undefined && to !== undefined && onChange(textOfPeriod({ from, to }))}
          onClose={() => setAsks(false)}
        />
      )}
    </>
  );
}
