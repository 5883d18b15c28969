import type { JSX } from 'react';
import { useController } from 'react-hook-form';
import { TextArea } from '../../ui/index.ts';
import { FormSection, FormText } from './form-fields.tsx';
import type { FormValues } from './form-values.ts';

export function BasicsSection(): JSX.Element {
  const { field, fieldState } = useController<FormValues, 'description'>({ name: 'description' });
  return (
    <FormSection title="Basics">
      <FormText name="name" label="Name" placeholder="Billing sync" autoComplete="off" />
      <TextArea
        label="Description"
        name={field.name}
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        ref={field.ref}
        rows={2}
        error={fieldState.error?.message}
        description="What it is for, and whom to ask about it."
      />
    </FormSection>
  );
}
