import type { JSX } from 'react';
import { Button, PlainText, TextArea } from '../../ui/index.ts';
import { jsonProblem, type FormErrors, type TriggerForm } from './release-form.ts';

export type FieldRefs = (field: string) => (element: HTMLElement | null) => void;

type Props = {
  readonly trigger: TriggerForm;
  readonly label: string;
  readonly errors: FormErrors;
  readonly refs: FieldRefs;
  readonly onChange: (trigger: TriggerForm) => void;
  readonly onRemove: () => void;
};

/** What one trigger looks like from the new version on. */
export function TriggerFields({ trigger, label, errors, refs, onChange, onRemove }: Props): JSX.Element {
  const { type } = trigger;
  const of = (part: 'schema' | 'example' | 'downgrade') => {
    const field = `triggers.${type}.${part}`;
    const isJson = part !== 'downgrade';
    return {
      value: trigger[part],
      onChange: (value: string) => onChange({ ...trigger, [part]: value }),
      error: (isJson ? jsonProblem(trigger[part]) : undefined) ?? errors.get(field),
      isRequired: true,
      isMono: true,
      spellCheck: 'false' as const,
      ref: refs(field),
    };
  };
  return (
    <fieldset className="card trigger-fields">
      <legend className="visually-hidden">{type}</legend>
      <div className="card-head">
        <h3>
          <PlainText text={label} />
        </h3>
        <code className="muted">{type}</code>
        <Button
          size="small"
          kind="quiet"
          icon="trash"
          className="push"
          aria-label={`Leave out ${type}`}
          onPress={onRemove}
        >
          Leave out
        </Button>
      </div>
      <div className="card-body stack gap-4">
        <div className="two-fields">
          <TextArea
            {...of('schema')}
            label={`Schema of ${type}`}
            rows={14}
            description="JSON Schema of the data of an event. It begins as it is now."
          />
          <TextArea
            {...of('example')}
            label={`Example of ${type}`}
            rows={14}
            description="Data that fits the schema."
          />
        </div>
        <TextArea
          {...of('downgrade')}
          label={`Downgrade of ${type}`}
          rows={3}
          description="JSONata: makes the data of the version before out of the new one. $ leaves it as it is."
        />
      </div>
    </fieldset>
  );
}
