import { useState, type JSX } from 'react';
import { useController, useFormContext, useFormState, useWatch } from 'react-hook-form';
import { Disclosure, RadioGroup } from '../../ui/index.ts';
import { FormCheckbox, FormText } from './form-fields.tsx';
import { deliveryInWords } from './form-words.ts';
import type { FormValues } from './form-values.ts';

/** Closed until somebody wants it, or something in it is wrong. */
export function DeliverySection(): JSX.Element {
  const [isOpened, setOpened] = useState(false);
  const { errors } = useFormState<FormValues>({ name: 'delivery' });
  const delivery = useWatch<FormValues, 'delivery'>({ name: 'delivery' });
  const isOpen = isOpened || errors.delivery !== undefined;
  return (
    <section className="card is-padded" aria-label="Advanced delivery" data-field="delivery">
      <Disclosure
        level={2}
        title="Advanced delivery"
        isOpen={isOpen}
        onOpenChange={setOpened}
        after={!isOpen && <span className="muted small">{deliveryInWords(delivery)}</span>}
      >
        {isOpen && <DeliveryFields />}
      </Disclosure>
    </section>
  );
}

function DeliveryFields(): JSX.Element {
  const { strictOrder, isLimited } = useWatch<FormValues, 'delivery'>({ name: 'delivery' });
  const { formState, trigger } = useFormContext<FormValues>();
  const checkAgain = (): void => {
    if (formState.errors.delivery) void trigger('delivery');
  };
  return (
    <div className="stack gap-5">
      <div className="stack gap-2">
        <FormCheckbox
          name="delivery.strictOrder"
          description="One alert at a time, in the order in which things happened. One that fails holds up all that come after it."
        >
          Keep the order of the events
        </FormCheckbox>
        {!strictOrder && (
          <FormText
            name="delivery.concurrency"
            label="Alerts at once"
            inputMode="numeric"
            className="short-field"
            description="How many may be on their way at the same time, 1 to 256."
          />
        )}
      </div>
      <div className="stack gap-2">
        <FormCheckbox
          name="delivery.isLimited"
          description="For receivers that cannot take more."
          onChanged={checkAgain}
        >
          Limit the rate
        </FormCheckbox>
        {isLimited && (
          <div className="row gap-4 rate-fields">
            <FormText
              name="delivery.ratePerSecond"
              label="Alerts a second"
              inputMode="decimal"
              description="0.1 is one in ten seconds."
            />
            <FormText
              name="delivery.burst"
              label="Alerts after a quiet time"
              inputMode="numeric"
              description="How many may go at once then."
            />
          </div>
        )}
      </div>
      <Waits onChanged={checkAgain} />
      <WhenExhausted />
    </div>
  );
}

function Waits({ onChanged }: { onChanged: () => void }): JSX.Element {
  const { field } = useController<FormValues, 'delivery.hasOwnWaits'>({ name: 'delivery.hasOwnWaits' });
  return (
    <div className="stack gap-2">
      <RadioGroup
        label="When an attempt fails"
        value={field.value ? 'own' : 'usual'}
        onChange={(value) => {
          field.onChange(value === 'own');
          onChanged();
        }}
        options={[
          { value: 'usual', label: 'Try again as usual', description: 'With the waits of this installation.' },
          { value: 'own', label: 'Try again after waits of its own' },
        ]}
      />
      {field.value && (
        <FormText
          name="delivery.schedule"
          label="Waits between attempts"
          autoComplete="off"
          description="Each longer than the one before, 7 days at most. Four attempts have three waits; empty means one attempt."
        />
      )}
    </div>
  );
}

function WhenExhausted(): JSX.Element {
  const { field, fieldState } = useController<FormValues, 'delivery.onExhausted'>({ name: 'delivery.onExhausted' });
  return (
    <RadioGroup
      label="When all attempts failed"
      name={field.name}
      value={field.value}
      onChange={field.onChange}
      onBlur={field.onBlur}
      error={fieldState.error?.message}
      options={[
        {
          value: 'disable',
          label: 'Disable the webhook',
          description: 'Later alerts are held until somebody enables it again.',
        },
        {
          value: 'continue',
          label: 'Go on',
          description: 'The failed alert stays failed; later ones are sent. An answer 410 still disables.',
        },
      ]}
    />
  );
}
