import type { JSX } from 'react';
import { Banner } from '../../ui/index.ts';
import type { WebhookView } from '../../api/types.ts';
import { FormSection } from './form-fields.tsx';
import { HeadersField } from './headers-field.tsx';
import type { Mode } from './form-values.ts';
import { SecretField } from './secret-field.tsx';

type Props = { readonly workspaceId: string; readonly mode: Mode; readonly webhook: WebhookView | undefined };

/** How receivers know that an alert is genuine, and whom it is for. */
export function SecuritySection({ workspaceId, mode, webhook }: Props): JSX.Element {
  return (
    <FormSection title="Authentication">
      {webhook?.dialect === 'location' ? (
        <Banner tone="info" title="This webhook has no secret of its own">
          It was made in the location API, where the secret of the location signs all alerts. It is rotated for the
          whole location.
        </Banner>
      ) : (
        <SecretField workspaceId={workspaceId} mode={mode} stored={webhook?.secret ?? undefined} />
      )}
      <HeadersField />
    </FormSection>
  );
}
