import type { JSX } from 'react';
import { Label } from 'react-aria-components/Label';
import { ProgressBar as AriaProgressBar } from 'react-aria-components/ProgressBar';

type Props = {
  readonly label: string;
  readonly value: number;
  /** Unknown while null: it moves without saying how far. */
  readonly max: number | null;
  /** What is said at its end: "51 of 88". */
  readonly valueLabel?: string;
};

export function ProgressBar({ label, value, max, valueLabel }: Props): JSX.Element {
  const isUnknown = max === null;
  return (
    <AriaProgressBar
      className="progress"
      value={isUnknown ? undefined : Math.min(value, max)}
      maxValue={isUnknown ? undefined : Math.max(max, 1)}
      isIndeterminate={isUnknown}
      valueLabel={valueLabel}
    >
      {({ percentage, valueText }) => (
        <>
          <div className="progress-label">
            <Label>{label}</Label>
            <span>{valueLabel ?? valueText}</span>
          </div>
          <div className={isUnknown ? 'progress-track is-unknown' : 'progress-track'}>
            <div className="progress-fill" style={isUnknown ? undefined : { width: `${percentage ?? 0}%` }} />
          </div>
        </>
      )}
    </AriaProgressBar>
  );
}
