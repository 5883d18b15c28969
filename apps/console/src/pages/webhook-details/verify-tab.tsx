import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import type { JSX } from 'react';
import type { WebhookView } from '../../api/types.ts';
import { Skeleton } from '../../ui/index.ts';
import { Section } from './configuration/fact.tsx';
import { Checker } from './verify/checker.tsx';
import { CodeSamples } from './verify/code-samples.tsx';
import { headerNames, schemesOf } from './verify/header-names.ts';
import { newestAlertQuery } from './verify/newest-alert.ts';
import './verify/verify.css';

/** How a receiver knows that an alert is ours: code for it, and a checker. */
export function VerifyTab({ webhook }: { webhook: WebhookView }): JSX.Element {
  const { workspaceId = '' } = useParams({ strict: false });
  // What cannot be read is only an example: names fall back to the usual ones.
  const { data: alert, isPending } = useQuery(newestAlertQuery(workspaceId, webhook.id));
  if (isPending) return <Skeleton lines={10} />;
  const names = headerNames(alert?.headers ?? {}, webhook.dialect);
  const schemes = schemesOf(webhook.dialect);
  return (
    <div className="stack gap-4">
      <Section title="Code for your receiver">
        {webhook.dialect === 'location' && (
          <p>
            The secret of the location signs the alerts of this webhook, as it does for all that were made in the
            location API.
          </p>
        )}
        <CodeSamples names={names} schemes={schemes} />
      </Section>
      <Section title="Check a signature">
        <Checker webhook={webhook} names={names} schemes={schemes} alert={alert ?? null} />
      </Section>
    </div>
  );
}
