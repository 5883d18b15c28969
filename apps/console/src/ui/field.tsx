import type { JSX, ReactNode } from 'react';
import { FieldError as AriaFieldError } from 'react-aria-components/FieldError';
import { Label as AriaLabel } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { Icon } from './icons.tsx';

export type FieldProps = {
  readonly label: string;
  readonly description?: ReactNode;
  /** What is wrong, in a sentence. Undefined when nothing is. */
  readonly error?: string | undefined;
  readonly isRequired?: boolean;
  readonly isDisabled?: boolean;
  readonly className?: string;
  /** For where the label would repeat what is seen around it. */
  readonly hideLabel?: boolean;
};

export function FieldLabel({
  label,
  isRequired,
  hide,
}: {
  label: string;
  isRequired?: boolean;
  hide?: boolean;
}): JSX.Element {
  return (
    <AriaLabel className={hide ? 'visually-hidden' : 'field-label'}>
      {label}
      {isRequired && <span className="required" aria-hidden="true" />}
    </AriaLabel>
  );
}

/** Goes below the input, inside the React Aria field. */
export function FieldNotes({ description, error }: Pick<FieldProps, 'description' | 'error'>): JSX.Element {
  return (
    <>
      {description !== undefined && (
        <Text slot="description" className="field-description">
          {description}
        </Text>
      )}
      <AriaFieldError className="field-error">
        {error !== undefined && (
          <>
            <Icon name="alert" />
            <span>{error}</span>
          </>
        )}
      </AriaFieldError>
    </>
  );
}
