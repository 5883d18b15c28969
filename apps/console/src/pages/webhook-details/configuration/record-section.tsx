import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { api, read } from '../../../api/client.ts';
import type { WebhookView } from '../../../api/types.ts';
import { keys } from '../../../live/keys.ts';
import { Copyable, PlainText, Time } from '../../../ui/index.ts';
import { Fact, Section } from './fact.tsx';

type Props = { readonly webhook: WebhookView; readonly workspaceId: string };

/** Ids and dates. */
export function RecordSection({ webhook, workspaceId }: Props): JSX.Element {
  const query = { webhook: webhook.id, kind: 'webhook-created', limit: 1 };
  const { data } = useQuery({
    queryKey: keys.activity(workspaceId, query),
    queryFn: ({ signal }) => read(api.GET('/activity', { params: { query }, signal })),
    staleTime: Infinity,
    meta: { isAside: true },
  });
  const made = data?.items[0];
  return (
    <Section title="Record">
      <dl className="facts">
        <Fact term="Webhook id">
          <Copyable text={webhook.id} label="Copy webhook id" />
        </Fact>
        <Fact term="Workspace id">
          <Copyable text={workspaceId} label="Copy workspace id" />
        </Fact>
        <Fact term="Made in">
          {webhook.dialect === 'location'
            ? 'the location API: its alerts are records of the location'
            : 'the workspace API'}
        </Fact>
        <Fact term="Number in the location API">
          {webhook.number === null ? (
            <span className="muted">not issued yet</span>
          ) : (
            <Copyable text={String(webhook.number)} label="Copy number" />
          )}
        </Fact>
        {made && (
          <Fact term="Created">
            <Time at={made.at} as="both" />
            {made.actorName !== null && (
              <>
                {' '}
                by <PlainText text={made.actorName} />
              </>
            )}
          </Fact>
        )}
        <Fact term="Last changed">
          <Time at={webhook.updated} as="both" />
        </Fact>
      </dl>
    </Section>
  );
}
