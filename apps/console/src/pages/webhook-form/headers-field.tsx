import { useState, type ClipboardEvent, type JSX } from 'react';
import { useFieldArray, useFormContext } from 'react-hook-form';
import { count } from '../../words/numbers.ts';
import { pastedHeaders } from '../../words/pasted-headers.ts';
import { announce, Button, IconButton } from '../../ui/index.ts';
import { FieldMessage, FormText } from './form-fields.tsx';
import type { FormValues } from './form-values.ts';
import { MAX_HEADERS } from './header-rules.ts';

export function HeadersField(): JSX.Element {
  const { setValue, getValues, setFocus, trigger, formState } = useFormContext<FormValues>();
  const { fields, append, insert, remove } = useFieldArray<FormValues, 'headers'>({ name: 'headers' });
  const ofAll = formState.errors.headers?.root?.message ?? formState.errors.headers?.message;
  const removeAt = (index: number): void => {
    remove(index);
    announce('Header removed');
    if (formState.errors.headers) void trigger('headers');
    const before = Math.max(0, index - 1);
    // The row above takes the focus, or the button that adds one.
    setTimeout(() =>
      fields.length > 1 ? setFocus(`headers.${before}.name`) : document.getElementById('add-header')?.focus(),
    );
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>, index: number, cell: 'name' | 'value'): void => {
    const rows = pastedHeaders(event.clipboardData.getData('text'));
    const [first, ...others] = rows ?? [];
    // A value may have a colon itself: with a name beside it, one line is taken as it is.
    if (
      first === undefined ||
      (cell === 'value' && others.length === 0 && getValues(`headers.${index}.name`).trim() !== '')
    )
      return;
    event.preventDefault();
    setValue(`headers.${index}`, { ...first }, { shouldDirty: true });
    if (others.length > 0)
      insert(
        index + 1,
        others.map((row) => ({ ...row })),
        { shouldFocus: false },
      );
    announce(`${count(others.length + 1, ['header', 'headers'])} pasted`);
    void trigger('headers');
  };
  return (
    <div className="stack gap-3" role="group" aria-label="Authorization headers" data-field="headers">
      <div>
        <p className="field-label">Authorization headers</p>
        <p className="field-description">
          Sent with every alert. Paste “Authorization: Bearer …”, or several lines, and the rows fill themselves. The
          headers of the signature cannot be set.
        </p>
      </div>
      {fields.map(({ id }, index) => (
        <HeaderRow
          key={id}
          index={index}
          onRemove={() => removeAt(index)}
          onPaste={(event, cell) => paste(event, index, cell)}
        />
      ))}
      <FieldMessage message={ofAll} />
      <div>
        <Button
          id="add-header"
          size="small"
          icon="add"
          onPress={() => append({ name: '', value: '' })}
          disabledReason={fields.length >= MAX_HEADERS ? `There may be ${MAX_HEADERS} headers at most.` : undefined}
        >
          Add header
        </Button>
      </div>
    </div>
  );
}

type RowProps = {
  readonly index: number;
  readonly onRemove: () => void;
  readonly onPaste: (event: ClipboardEvent<HTMLInputElement>, cell: 'name' | 'value') => void;
};

function HeaderRow({ index, onRemove, onPaste }: RowProps): JSX.Element {
  const [isShown, setShown] = useState(false);
  const which = `header ${index + 1}`;
  return (
    <div className="header-row" role="group" aria-label={`Header ${index + 1}`}>
      <FormText
        name={`headers.${index}.name`}
        label="Header"
        placeholder="Authorization"
        autoComplete="off"
        spellCheck="false"
        isMono
        onPaste={(event) => onPaste(event, 'name')}
      />
      <FormText
        name={`headers.${index}.value`}
        label="Value"
        type={isShown ? 'text' : 'password'}
        placeholder="Bearer …"
        autoComplete="new-password"
        spellCheck="false"
        isMono
        onPaste={(event) => onPaste(event, 'value')}
        after={
          <IconButton
            icon={isShown ? 'eyeOff' : 'eye'}
            size="small"
            label={`${isShown ? 'Hide' : 'Show'} the value of ${which}`}
            onPress={() => setShown(!isShown)}
          />
        }
      />
      <IconButton icon="trash" label={`Remove ${which}`} className="header-remove" onPress={onRemove} />
    </div>
  );
}
