import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { alertQuery } from '../../api/deliveries.ts';
import { Link, PlainText } from '../../ui/index.ts';
import { MASK } from '../../words/curl.ts';

type Props = { readonly workspaceId: string; readonly deliveryId: string; readonly webhookId: string };

const meaning: readonly (readonly [RegExp, string])[] = [
  [/^webhook-signature$/i, 'Standard Webhooks: covers the id, the time and the whole body. Check this one.'],
  [/^(?!webhook-).+-signature$/i, 'For receivers of before: see Verify signature for what it covers.'],
  [/^webhook-id$/i, 'The id of the event, the same on every attempt. Take each id once.'],
  [/^webhook-timestamp$/i, 'When the attempt was made. Refuse what is more than five minutes old.'],
];

/** What a receiver can verify the alert with. */
export function SignaturesPart({ workspaceId, deliveryId, webhookId }: Props): JSX.Element {
  const { data } = useQuery(alertQuery(workspaceId, deliveryId));
  const rows = Object.entries(data?.headers ?? {}).flatMap(([name, value]) => {
    const [, words] = meaning.find(([pattern]) => pattern.test(name)) ?? [];
    return words === undefined ? [] : [{ name, value, words }];
  });
  return (
    <div className="stack gap-3">
      <dl className="facts is-rows">
        {rows.map(({ name, value, words }) => (
          <div key={name}>
            <dt>
              <PlainText text={name} />
            </dt>
            <dd className="stack gap-1">
              {value === MASK ? (
                <span className="muted">•••• (shown to those who may change the webhook)</span>
              ) : (
                <code className="url">{value}</code>
              )}
              <span className="small muted">{words}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p>
        These are made now, for the same id and body. While a rotated secret is in its overlap,{' '}
        <code>webhook-signature</code> has two: either is enough.
      </p>
      <p>
        <Link to="/w/$workspaceId/webhooks/$webhookId" params={{ workspaceId, webhookId }} search={{ tab: 'verify' }}>
          Code to verify them, and a checker
        </Link>
      </p>
    </div>
  );
}
