import type { JSX } from 'react';
import { Button } from 'react-aria-components/Button';
import { ListBox, ListBoxItem } from 'react-aria-components/ListBox';
import { Popover } from 'react-aria-components/Popover';
import { Select as AriaSelect, SelectValue } from 'react-aria-components/Select';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

export type Option<V extends string = string> = {
  readonly value: V;
  readonly label: string;
  readonly description?: string;
  readonly isDisabled?: boolean;
};

type Props<V extends string> = FieldProps & {
  readonly options: readonly Option<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly onBlur?: () => void;
  readonly name?: string;
  readonly placeholder?: string;
};

/** One of a few. For many at once see `FilterMenu`. */
export function Select<V extends string>(props: Props<V>): JSX.Element {
  const { options, value, onChange, onBlur, name, placeholder, label, description, error, isRequired, isDisabled } =
    props;
  return (
    <AriaSelect
      className={classNames('react-aria-Select field', props.className)}
      value={value}
      onChange={(key) => onChange(key as V)}
      onBlur={onBlur}
      name={name}
      placeholder={placeholder ?? 'Choose'}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldLabel label={label} isRequired={isRequired} hide={props.hideLabel} />
      <Button className="select-button">
        <SelectValue className="select-value" />
        <Icon name="chevronDown" />
      </Button>
      <FieldNotes description={description} error={error} />
      <Popover className="popover">
        <ListBox className="menu" items={options.map((option) => ({ ...option, id: option.value }))}>
          {(option) => (
            <ListBoxItem className="menu-item" textValue={option.label} isDisabled={option.isDisabled}>
              <span className="menu-text">
                <span>{option.label}</span>
                {option.description !== undefined && <span className="menu-note">{option.description}</span>}
              </span>
              <Icon name="check" className="menu-check" />
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </AriaSelect>
  );
}
