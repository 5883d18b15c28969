import { useId, type ComponentProps, type JSX, type ReactNode } from 'react';
import { Checkbox as AriaCheckbox } from 'react-aria-components/Checkbox';
import { Radio, RadioGroup as AriaRadioGroup } from 'react-aria-components/RadioGroup';
import { Switch as AriaSwitch } from 'react-aria-components/Switch';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field.tsx';
import { Icon } from './icons.tsx';

type CheckboxProps = {
  /** What is said beside it; with `aria-label` alone the box stands by itself, as in a row. */
  readonly children?: ReactNode;
  readonly description?: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly onBlur?: () => void;
  readonly isIndeterminate?: boolean;
  readonly isDisabled?: boolean;
  readonly isInvalid?: boolean;
  readonly name?: string;
  readonly value?: string;
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string;
  readonly inputRef?: ComponentProps<typeof AriaCheckbox>['inputRef'];
};

export function Checkbox({ children, description, className, inputRef, ...rest }: CheckboxProps): JSX.Element {
  const id = useId();
  // The box is called what its label says; the rest describes it.
  const named =
    description === undefined ? {} : { 'aria-labelledby': `${id}-label`, 'aria-describedby': `${id}-description` };
  return (
    <AriaCheckbox {...named} {...rest} inputRef={inputRef} className={classNames('choice', className)}>
      {({ isIndeterminate }) => (
        <>
          <span className="choice-box" aria-hidden="true">
            {isIndeterminate ? <span className="dash" /> : <Icon name="check" />}
          </span>
          {(children !== undefined || description !== undefined) && (
            <span className="choice-text">
              <span id={`${id}-label`}>{children}</span>
              {description !== undefined && (
                <span id={`${id}-description`} className="field-description">
                  {description}
                </span>
              )}
            </span>
          )}
        </>
      )}
    </AriaCheckbox>
  );
}

type SwitchProps = {
  readonly children: ReactNode;
  readonly isSelected: boolean;
  readonly onChange: (isSelected: boolean) => void;
  readonly isDisabled?: boolean;
  readonly className?: string;
};

/** For what takes effect at once; in forms a checkbox. */
export function Switch({ children, className, ...rest }: SwitchProps): JSX.Element {
  return (
    <AriaSwitch {...rest} className={classNames('switch', className)}>
      <span className="switch-track" aria-hidden="true" />
      {children}
    </AriaSwitch>
  );
}

type RadioOption<V extends string> = {
  readonly value: V;
  readonly label: ReactNode;
  readonly description?: ReactNode;
  readonly isDisabled?: boolean;
};

type RadioGroupProps<V extends string> = FieldProps & {
  readonly options: readonly RadioOption<V>[];
  readonly value: V | null;
  readonly onChange: (value: V) => void;
  readonly onBlur?: () => void;
  readonly name?: string;
};

export function RadioGroup<V extends string>(props: RadioGroupProps<V>): JSX.Element {
  const { options, value, onChange, onBlur, name, label, description, error, isRequired, isDisabled } = props;
  return (
    <AriaRadioGroup
      className={classNames('field', props.className)}
      value={value}
      onChange={(chosen) => onChange(chosen as V)}
      onBlur={onBlur}
      name={name}
      isRequired={isRequired}
      isDisabled={isDisabled}
      isInvalid={error !== undefined}
      validationBehavior="aria"
    >
      <FieldLabel label={label} isRequired={isRequired} hide={props.hideLabel} />
      {options.map((option) => (
        <Radio key={option.value} value={option.value} isDisabled={option.isDisabled} className="choice">
          <span className="choice-box is-round" aria-hidden="true" />
          <span className="choice-text">
            <span>{option.label}</span>
            {option.description !== undefined && <span className="field-description">{option.description}</span>}
          </span>
        </Radio>
      ))}
      <FieldNotes description={description} error={error} />
    </AriaRadioGroup>
  );
}
