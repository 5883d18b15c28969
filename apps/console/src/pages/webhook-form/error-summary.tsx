import { useEffect, useRef, type JSX } from 'react';
import { useFormState } from 'react-hook-form';
import { Banner, Button, ErrorPanel } from '../../ui/index.ts';
import { count } from '../../words/numbers.ts';
import { flatErrors, labelOf } from './field-errors.ts';
import { focusField } from './form-fields.tsx';
import type { FormValues } from './form-values.ts';

type Props = {
  /** Each refused attempt to save puts the focus here. */
  readonly attempts: number;
  /** What was refused as a whole. */
  readonly problem: unknown;
};

/** What kept the form from being saved. What is mended goes from the list by itself. */
export function ErrorSummary({ attempts, problem }: Props): JSX.Element | null {
  const { errors } = useFormState<FormValues>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (attempts > 0) box.current?.focus();
  }, [attempts]);
  // What is found while typing stands at its field alone.
  const list = attempts === 0 ? [] : flatErrors(errors);
  if (list.length === 0 && problem === undefined) return null;
  const title = `${count(list.length, ['field needs', 'fields need'])} attention`;
  return (
    <div
      ref={box}
      tabIndex={-1}
      role="group"
      aria-label={list.length === 0 ? 'It could not be saved' : title}
      className="stack gap-3 form-problems"
    >
      {problem !== undefined && <ErrorPanel error={problem} />}
      {list.length > 0 && (
        <Banner tone="bad" title={title}>
          <ul className="form-problem-list">
            {list.map(({ path, message }) => (
              <li key={path}>
                <Button kind="link" onPress={() => focusField(path)}>
                  {labelOf(path)}
                </Button>
                : {message}
              </li>
            ))}
          </ul>
        </Banner>
      )}
    </div>
  );
}
