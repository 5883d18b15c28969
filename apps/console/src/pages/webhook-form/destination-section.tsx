import { useDeferredValue, type JSX } from 'react';
import { useWatch } from 'react-hook-form';
import { Icon } from '../../ui/index.ts';
import { FormSection, FormText } from './form-fields.tsx';
import type { FormValues } from './form-values.ts';
import { urlHints } from './url-rules.ts';

export function DestinationSection(): JSX.Element {
  return (
    <FormSection title="Destination">
      <FormText
        name="url"
        label="Authentication URL"
        type="url"
        inputMode="url"
        isRequired
        isMono
        autoComplete="off"
        spellCheck="false"
        placeholder="https://example.com/hooks"
        description="Alerts are sent here, as POST requests. Any 2xx answer counts as delivered."
        hint={<UrlHints />}
      />
    </FormSection>
  );
}

function UrlHints(): JSX.Element {
  const url = useWatch<FormValues, 'url'>({ name: 'url' });
  const hints = urlHints(useDeferredValue(url));
  return (
    <div role="status" className="stack gap-1 form-hints" data-testid="url-hints">
      {hints.map((hint) => (
        <p key={hint} className="form-hint">
          <Icon name="info" />
          <span>{hint}</span>
        </p>
      ))}
    </div>
  );
}
