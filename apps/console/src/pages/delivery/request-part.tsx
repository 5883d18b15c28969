import { useQuery } from '@tanstack/react-query';
import type { JSX } from 'react';
import { ApiProblem } from '../../api/problem.ts';
import { alertQuery } from '../../api/deliveries.ts';
import type { Answer, AttemptView } from '../../api/types.ts';
import { Banner, BodyView, Copyable, CopyButton, Disclosure, PlainText, QueryView } from '../../ui/index.ts';
import { curlOf, hiddenHeaders, MASK } from '../../words/curl.ts';

type AlertView = Answer<'/deliveries/{id}/alert', 'get'>;
type Props = { readonly workspaceId: string; readonly deliveryId: string; readonly attempt: AttemptView | undefined };

export function RequestPart({ workspaceId, deliveryId, attempt }: Props): JSX.Element {
  const query = useQuery(alertQuery(workspaceId, deliveryId));
  if (query.error instanceof ApiProblem && query.error.status === 409) {
    return (
      <Banner tone="warn" title="The request cannot be shown">
        {query.error.detail}
      </Banner>
    );
  }
  return (
    <QueryView query={query} errorTitle="The request could not be read">
      {(alert) => <Request alert={alert} deliveryId={deliveryId} sentTo={attempt?.url} />}
    </QueryView>
  );
}

function Request({
  alert,
  deliveryId,
  sentTo,
}: {
  alert: AlertView;
  deliveryId: string;
  sentTo: string | undefined;
}): JSX.Element {
  const headers = Object.entries(alert.headers);
  const hidden = hiddenHeaders(alert.headers);
  return (
    <div className="stack gap-3">
      <p className="row is-nowrap">
        <code className="strong">{alert.method}</code>
        <Copyable text={alert.url} label="Copy URL">
          <code className="url">
            <PlainText text={alert.url} />
          </code>
        </Copyable>
      </p>
      {sentTo !== undefined && sentTo !== alert.url && (
        <p className="small muted">
          The URL of the webhook has changed since. This attempt went to{' '}
          <code className="url">
            <PlainText text={sentTo} />
          </code>
          .
        </p>
      )}
      <BodyView
        body={alert.body}
        label="Request body"
        fileName={`delivery-${deliveryId}-request.json`}
        contentType="application/json"
      />
      <Disclosure level={2} title={`Headers (${headers.length})`} defaultOpen>
        <dl className="headers">
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>
                <PlainText text={name} />
              </dt>
              <dd>{value === MASK ? <span className="muted">•••• (hidden)</span> : <PlainText text={value} />}</dd>
            </div>
          ))}
        </dl>
      </Disclosure>
      <p className="small muted">
        Every attempt has this body. Headers are those of the webhook as it is now, with the time and the signatures of
        an attempt made now.
        {hidden.length > 0 && ` In the cURL command, fill in ${hidden.join(', ')}.`}
      </p>
    </div>
  );
}

/** Nothing where there is no request to be copied: its tab says why. */
export function CopyAsCurl({ workspaceId, deliveryId }: Omit<Props, 'attempt'>): JSX.Element | null {
  const { data } = useQuery(alertQuery(workspaceId, deliveryId));
  return data === undefined ? null : (
    <CopyButton text={curlOf(data)} label="Copy as cURL">
      Copy as cURL
    </CopyButton>
  );
}
