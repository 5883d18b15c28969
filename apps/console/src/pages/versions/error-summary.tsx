import type { JSX, Ref } from 'react';
import { Button, Icon } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { nameOfField, type FormErrors } from './release-form.ts';

type Props = {
  readonly errors: FormErrors;
  readonly onGo: (field: string) => void;
  readonly ref: Ref<HTMLDivElement>;
};

/** What needs attention, each with the way to its field. Takes the focus when it comes. */
export function ErrorSummary({ errors, onGo, ref }: Props): JSX.Element | null {
  if (errors.size === 0) return null;
  return (
    <div className="banner is-bad" role="alert" tabIndex={-1} ref={ref}>
      <Icon name="alert" />
      <div className="banner-text stack gap-1">
        <p className="strong">{count(errors.size, ['field needs', 'fields need'])} attention</p>
        <ul className="error-list">
          {[...errors].map(([field, message]) => (
            <li key={field}>
              {field === '' ? (
                nameOfField(field)
              ) : (
                <Button kind="link" onPress={() => onGo(field)}>
                  {nameOfField(field)}
                </Button>
              )}
              : {message}
            </li>
          ))}
        </ul>
      </div>
    </div>
  );
}
