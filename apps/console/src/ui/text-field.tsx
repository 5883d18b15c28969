import type { ClipboardEventHandler, JSX, ReactNode, Ref } from 'react';
import { Input } from 'react-aria-components/Input';
import { TextArea as AriaTextArea } from 'react-aria-components/TextArea';
import { TextField as AriaTextField, type TextFieldProps as AriaProps } from 'react-aria-components/TextField';
import { classNames } from './class-names.ts';
import { FieldLabel, FieldNotes, type FieldProps } from './field.tsx';

type TextProps = FieldProps & {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur?: AriaProps['onBlur'];
  readonly name?: string;
  readonly placeholder?: string;
  readonly isReadOnly?: boolean;
  readonly isMono?: boolean;
  readonly autoComplete?: string;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
  readonly inputMode?: AriaProps['inputMode'];
  readonly spellCheck?: 'true' | 'false';
  readonly onKeyDown?: AriaProps['onKeyDown'];
};

export type TextFieldProps = TextProps & {
  readonly type?: 'text' | 'password' | 'email' | 'url' | 'search' | 'number' | 'tel' | 'datetime-local';
  readonly onPaste?: ClipboardEventHandler<HTMLInputElement>;
  /** Stands inside the box, after the text: buttons, a unit. */
  readonly after?: ReactNode;
  /** Stands below the box and above what is wrong: hints that are no errors. */
  readonly hint?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
};

/** With React Hook Form: `<Controller render={({ field, fieldState }) => <TextField {...field} error={fieldState.error?.message} />} />`. */
export function TextField(props: TextFieldProps): JSX.Element {
  const { ref, after, hint, placeholder, isMono, onPaste, maxLength } = props;
  const input = (
    <Input
      ref={ref}
      className={classNames('input', isMono && 'is-mono')}
      placeholder={placeholder}
      onPaste={onPaste}
      maxLength={maxLength}
    />
  );
  return (
    <AriaTextField {...ariaProps(props)} type={props.type ?? 'text'}>
      <FieldLabel label={props.label} isRequired={props.isRequired} hide={props.hideLabel} />
      {after === undefined ? (
        input
      ) : (
        <div className="input-group">
          {input}
          {after}
        </div>
      )}
      {hint}
      <FieldNotes description={props.description} error={props.error} />
    </AriaTextField>
  );
}

export type TextAreaProps = TextProps & { readonly rows?: number; readonly ref?: Ref<HTMLTextAreaElement> };

export function TextArea(props: TextAreaProps): JSX.Element {
  const { ref, rows, placeholder, isMono, maxLength } = props;
  return (
    <AriaTextField {...ariaProps(props)}>
      <FieldLabel label={props.label} isRequired={props.isRequired} hide={props.hideLabel} />
      <AriaTextArea
        ref={ref}
        className={classNames('input', isMono && 'is-mono')}
        rows={rows ?? 3}
        placeholder={placeholder}
        maxLength={maxLength}
      />
      <FieldNotes description={props.description} error={props.error} />
    </AriaTextField>
  );
}

const ariaProps = (props: TextProps) => ({
  className: classNames('field', props.className),
  value: props.value,
  onChange: props.onChange,
  onBlur: props.onBlur,
  onKeyDown: props.onKeyDown,
  name: props.name,
  isReadOnly: props.isReadOnly,
  isDisabled: props.isDisabled,
  isRequired: props.isRequired,
  isInvalid: props.error !== undefined,
  validationBehavior: 'aria' as const,
  autoComplete: props.autoComplete,
  autoFocus: props.autoFocus,
  inputMode: props.inputMode,
  spellCheck: props.spellCheck,
});
