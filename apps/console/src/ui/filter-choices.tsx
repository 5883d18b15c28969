import type { JSX } from 'react';
import { Autocomplete, useFilter } from 'react-aria-components/Autocomplete';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu as AriaMenu, MenuItem as AriaMenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import { Popover } from 'react-aria-components/Popover';
import { SearchField } from 'react-aria-components/SearchField';
import { Button } from './button.tsx';
import { Icon } from './icons.tsx';
import type { Option } from './select.tsx';
import './filter-choices.css';

export type ChoiceGroup = { readonly title: string; readonly options: readonly Option[] };

type Props = {
  /** "Who": the button says "Who: Ana" once one is chosen, "What: 3" for several. */
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  /** From the URL. */
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** One at most otherwise. */
  readonly isMultiple?: boolean;
};

/** A filter of many choices: grouped, found by typing, one or several at once. */
export function FilterChoices({ label, groups, values, onChange, isMultiple = false }: Props): JSX.Element {
  const { contains } = useFilter({ sensitivity: 'base' });
  const [first, ...more] = values;
  const named = groups.flatMap(({ options }) => options).find(({ value }) => value === first);
  const said = more.length > 0 ? String(values.length) : (named?.label ?? first);
  return (
    <MenuTrigger>
      <Button className={first === undefined ? 'filter' : 'filter is-set'}>
        <span className="truncate">{first === undefined ? label : `${label}: ${said}`}</span>
        <Icon name="chevronDown" />
      </Button>
      <Popover className="popover filter-choices" placement="bottom start" offset={4}>
        <Autocomplete filter={contains}>
          <SearchField aria-label={`Find in ${label.toLowerCase()}`} className="field search" autoFocus>
            <div className="input-group">
              <Icon name="search" />
              <Input className="input" placeholder="Find" spellCheck="false" autoComplete="off" />
            </div>
          </SearchField>
          {/* What scrolls can be reached by the keyboard: the menu itself is walked from the field above. */}
          <div
            className="filter-choices-list"
            role="group"
            aria-label={`Choices of ${label.toLowerCase()}`}
            tabIndex={0}
          >
            <AriaMenu
              className="menu"
              aria-label={label}
              // It closes the menu and takes nothing back.
              escapeKeyBehavior="none"
              selectionMode={isMultiple ? 'multiple' : 'single'}
              selectedKeys={values}
              onSelectionChange={(keys) => onChange([...keys].map(String))}
              renderEmptyState={() => <p className="muted small menu-header">Nothing has this in its name.</p>}
            >
              {groups
                .filter(({ options }) => options.length > 0)
                .map(({ title, options }) => (
                  <MenuSection key={title}>
                    <Header className="menu-header">{title}</Header>
                    {options.map((option) => (
                      <AriaMenuItem
                        key={option.value}
                        id={option.value}
                        className="menu-item"
                        textValue={`${option.label} ${option.description ?? ''}`}
                      >
                        <Icon name="check" className="menu-check" />
                        <span className="menu-text">
                          <span>{option.label}</span>
                          {option.description !== undefined && <span className="menu-note">{option.description}</span>}
                        </span>
                      </AriaMenuItem>
                    ))}
                  </MenuSection>
                ))}
            </AriaMenu>
          </div>
        </Autocomplete>
      </Popover>
    </MenuTrigger>
  );
}
