import type { JSX, ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import type { Option } from './select.tsx';

type FilterMenuProps<V extends string> = {
  /** "Status": the button says "Status: Enabled" once one is chosen. */
  readonly label: string;
  readonly options: readonly Option<V>[];
  /** From the URL. */
  readonly value: V | undefined;
  /** Undefined: any. */
  readonly onChange: (value: V | undefined) => void;
};

const ANY = '\u0000any';

/** One filter of a list, beside others. */
export function FilterMenu<V extends string>({ label, options, value, onChange }: FilterMenuProps<V>): JSX.Element {
  const chosen = options.find((option) => option.value === value);
  const items: { id: string; label: string; description?: string }[] = [
    { id: ANY, label: 'Any' },
    ...options.map((option) => ({ ...option, id: option.value })),
  ];
  return (
    <MenuTrigger>
      <Button className={chosen ? 'filter is-set' : 'filter'}>
        {chosen ? `${label}: ${chosen.label}` : label}
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover" placement="bottom start" offset={4}>
        <AriaMenu
          className="menu"
          aria-label={label}
          items={items}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[value ?? ANY]}
          onSelectionChange={(keys) => {
            const [first] = keys;
            onChange(first === undefined || first === ANY ? undefined : (first as V));
          }}
        >
          {(item) => (
            <AriaMenuItem className="menu-item" textValue={item.label}>
              <Icon name="check" className="menu-check" />
              <span className="menu-text">
                <span>{item.label}</span>
                {item.description !== undefined && <span className="menu-note">{item.description}</span>}
              </span>
            </AriaMenuItem>
          )}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}

type FilterBarProps = {
  readonly label?: string;
  /** A `SearchField`, `FilterMenu`s, fields of other filters. */
  readonly children: ReactNode;
  /** Given while any filter is set. */
  readonly onClear?: (() => void) | undefined;
  /** What matches: "48 webhooks". */
  readonly result?: ReactNode;
};

export function FilterBar({ label = 'Filters', children, onClear, result }: FilterBarProps): JSX.Element {
  return (
    <div className="filter-bar" role="search" aria-label={label}>
      {children}
      {onClear && (
        <Button kind="quiet" onPress={onClear}>
          Clear
        </Button>
      )}
      {result !== undefined && (
        <span className="push muted small" role="status">
          {result}
        </span>
      )}
    </div>
  );
}
