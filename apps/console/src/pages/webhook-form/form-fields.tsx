import { useId, type JSX, type ReactNode } from 'react';
import { useController, type FieldPathByValue } from 'react-hook-form';
import { Checkbox, Icon, Link, TextField } from '../../ui/index.ts';
import type { TextFieldProps } from '../../ui/text-field.tsx';
import type { FormValues } from './form-values.ts';

type TextPath = FieldPathByValue<FormValues, string>;
type FlagPath = FieldPathByValue<FormValues, boolean>;

type FormTextProps = Omit<TextFieldProps, 'value' | 'onChange' | 'onBlur' | 'error' | 'name' | 'ref'> & {
  readonly name: TextPath;
};

/** A text field of the form, by its path. */
export function FormText({ name, ...rest }: FormTextProps): JSX.Element {
  const { field, fieldState } = useController<FormValues, TextPath>({ name });
  return (
    <TextField
      {...rest}
      name={field.name}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      ref={field.ref}
      error={fieldState.error?.message}
    />
  );
}

type FormCheckboxProps = {
  readonly name: FlagPath;
  readonly children: ReactNode;
  readonly description: ReactNode;
  readonly isDisabled?: boolean;
  readonly onChanged?: () => void;
};

/** Its description stands below it and is not part of its name. */
export function FormCheckbox({ name, onChanged, description, ...rest }: FormCheckboxProps): JSX.Element {
  const { field, fieldState } = useController<FormValues, FlagPath>({ name });
  const told = useId();
  return (
    <div className="stack form-choice">
      <Checkbox
        {...rest}
        name={field.name}
        isSelected={field.value}
        isInvalid={fieldState.invalid}
        aria-describedby={told}
        inputRef={field.ref}
        onBlur={field.onBlur}
        onChange={(isSelected) => {
          field.onChange(isSelected);
          onChanged?.();
        }}
      />
      <p id={told} className="field-description below-choice">
        {description}
      </p>
      <FieldMessage message={fieldState.error?.message} />
    </div>
  );
}

/** What is wrong with something that is no single input. */
export function FieldMessage({ message }: { message: string | undefined }): JSX.Element | null {
  return message === undefined ? null : (
    <p className="field-error" role="alert">
      {message}
    </p>
  );
}

type SectionProps = {
  readonly title: string;
  readonly children: ReactNode;
  readonly after?: ReactNode;
  readonly field?: string;
};

/** A card of the form. `field`: what an error of it leads to, where no single input is meant. */
export function FormSection({ title, children, after, field }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <section className="card" aria-labelledby={id} data-field={field}>
      <div className="card-head">
        <h2 id={id} className="webhook-form-title">
          {title}
        </h2>
        {after}
      </div>
      <div className="card-body stack gap-4">{children}</div>
    </section>
  );
}

export function BackToWebhooks({ workspaceId }: { workspaceId: string }): JSX.Element {
  return (
    <nav aria-label="Back">
      <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} className="row gap-1 small webhook-form-back">
        <Icon name="chevronLeft" />
        Webhooks
      </Link>
    </nav>
  );
}

/** Puts the focus where something is to be mended. */
export function focusField(path: string): void {
  const byName = document.querySelector<HTMLElement>(`main form [name="${CSS.escape(path)}"]`);
  const [whole = path] = path.split('.');
  const target =
    byName ??
    document.querySelector<HTMLElement>(`main form [data-field="${CSS.escape(whole)}"] :is(input, textarea, button)`);
  target?.focus();
  target?.scrollIntoView({ block: 'center' });
}
