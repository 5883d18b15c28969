import type { JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { PlainText } from '../../ui/index.ts';

export function DraftTab({ webhook }: { webhook: WebhookView }): JSX.Element {
  return (
    <p className="muted">
      <PlainText text={webhook.name} />
    </p>
  );
}
