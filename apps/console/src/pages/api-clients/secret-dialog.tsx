import type { JSX } from 'react';
import { Banner, Button, Code, Copyable, Dialog, PlainText } from '../../ui/index.ts';
import type { IssuedClient } from './client-queries.ts';
import { tokenCurl } from './token-curl.ts';

/** The one time a client's secret is shown. Only its button closes it. */
export function SecretDialog({ client, onClose }: { client: IssuedClient; onClose: () => void }): JSX.Element {
  return (
    <Dialog
      isOpen
      onClose={onClose}
      isDismissable={false}
      size="wide"
      title={
        <>
          Secret of <PlainText text={client.name} />
        </>
      }
      footer={
        <Button kind="primary" onPress={onClose}>
          I have stored it
        </Button>
      }
    >
      <Banner tone="warn" title="The secret is shown this once">
        Nobody can read it again, only replace it. Store it where the program finds it, and nowhere else.
      </Banner>
      <dl className="facts is-rows">
        <div>
          <dt>Client id</dt>
          <dd>
            <Copyable text={client.clientId} label="Copy client id">
              <code className="secret" data-testid="client-id">
                {client.clientId}
              </code>
            </Copyable>
          </dd>
        </div>
        <div>
          <dt>Client secret</dt>
          <dd>
            <Copyable text={client.clientSecret} label="Copy client secret">
              <code className="secret" data-testid="client-secret">
                {client.clientSecret}
              </code>
            </Copyable>
          </dd>
        </div>
      </dl>
      <div className="stack gap-2">
        <p className="small muted">To try it, exchange it for an access token:</p>
        <Code label="Command for a token" text={tokenCurl(location.origin, client)} isWrapped />
      </div>
    </Dialog>
  );
}
