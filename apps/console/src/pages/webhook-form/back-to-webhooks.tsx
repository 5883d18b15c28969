import type { JSX } from 'react';
import { Icon, Link } from '../../ui/index.ts';

export function BackToWebhooks({ workspaceId }: { workspaceId: string }): JSX.Element {
  return (
    <nav aria-label="Back">
      <Link to="/w/$workspaceId/webhooks" params={{ workspaceId }} className="row gap-1 small webhook-form-back">
        <Icon name="chevronLeft" />
        Webhooks
      </Link>
    </nav>
  );
}
