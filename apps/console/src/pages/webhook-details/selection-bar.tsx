import type { JSX } from 'react';
import { Button, Checkbox } from '../../ui/index.ts';
import { count, number } from '../../words/numbers.ts';
import { MOST_SELECTED } from './use-selection.ts';

type Props = {
  /** Of those shown on the page. */
  readonly shown: number;
  readonly selectedShown: number;
  /** Of all pages; `all` for everything that matches. */
  readonly selected: number | 'all';
  readonly matching: { readonly count: number; readonly atLeast: boolean } | undefined;
  readonly onSelectPage: (isSelected: boolean) => void;
  readonly onSelectAll: () => void;
  readonly onClear: () => void;
  readonly onRedeliver: () => void;
  readonly reasonAgainstAll: string | undefined;
  readonly disabledReason: string | undefined;
};

/** What is chosen of the deliveries, and what can be done with it. */
export function SelectionBar(props: Props): JSX.Element {
  const { shown, selectedShown, selected, matching, disabledReason, reasonAgainstAll } = props;
  const isAll = selected === 'all';
  const total = matching && `${matching.atLeast ? 'more than ' : ''}${number(matching.count)}`;
  return (
    <div className="selection-bar row" role="group" aria-label="Selection">
      <Checkbox
        isSelected={isAll || (shown > 0 && selectedShown === shown)}
        isIndeterminate={!isAll && selectedShown > 0 && selectedShown < shown}
        onChange={(next) => (isAll ? props.onClear() : props.onSelectPage(next))}
      >
        Select the page
      </Checkbox>
      {isAll ? (
        <span>{`All ${total ?? ''} that match`}</span>
      ) : (
        selected > 0 && (
          <span>
            {count(selected, ['delivery selected', 'deliveries selected'])}
            {selected >= MOST_SELECTED && <span className="muted"> – the most at once</span>}
          </span>
        )
      )}
      {!isAll && matching !== undefined && matching.count > 1 && (
        <Button size="small" kind="quiet" onPress={props.onSelectAll} disabledReason={reasonAgainstAll}>
          {`Select all ${total} that match`}
        </Button>
      )}
      {(isAll || selected > 0) && (
        <Button size="small" kind="quiet" onPress={props.onClear}>
          Clear selection
        </Button>
      )}
      <span className="push">
        <Button
          size="small"
          icon="redo"
          onPress={props.onRedeliver}
          disabledReason={disabledReason ?? (isAll || selected > 0 ? undefined : 'Select deliveries first.')}
        >
          Redeliver…
        </Button>
      </span>
    </div>
  );
}
