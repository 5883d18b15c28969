import { useEffect, useState, type JSX } from 'react';
import { api, read } from '../../../api/client.ts';
import { useCan } from '../../../api/session.ts';
import type { WebhookView } from '../../../api/types.ts';
import { Banner, Button, Segments, serverNow, TextArea, TextField, toastError } from '../../../ui/index.ts';
import { MASK } from '../../../words/curl.ts';
import { checkSignature, subtleOf, type Hmac, type Pasted, type Verdict } from './check-signature.ts';
import { schemeLabel } from './header-names.ts';
import type { AlertView } from './newest-alert.ts';
import type { HeaderNames, Scheme } from './sample.ts';

type Props = {
  readonly webhook: WebhookView;
  readonly names: HeaderNames;
  readonly schemes: readonly Scheme[];
  /** To begin with; null for none. */
  readonly alert: AlertView | null;
};

/** One pastes an alert and a secret, and sees whether they belong together. Nothing leaves the page. */
export function Checker(props: Props): JSX.Element {
  const hmac = subtleOf(globalThis.crypto);
  return hmac === undefined ? (
    <Banner tone="warn" title="The checker needs HTTPS">
      Browsers compute signatures only on pages that came over HTTPS, or from this machine itself. Open the console by
      its https address.
    </Banner>
  ) : (
    <Form {...props} hmac={hmac} />
  );
}

/** Values that are not told are left to be pasted. */
const told = (value: string | undefined): string => (value === undefined || value === MASK ? '' : value);

const filledIn = (alert: AlertView | null, scheme: Scheme, names: HeaderNames): Omit<Pasted, 'scheme' | 'secret'> => ({
  id: told(alert?.headers['webhook-id']),
  timestamp: told(alert?.headers['webhook-timestamp']),
  body: alert?.body ?? '',
  signature: told(alert?.headers[scheme === 'standard' ? 'webhook-signature' : names.signature]),
});

function Form({ webhook, names, schemes, alert, hmac }: Props & { hmac: Hmac }): JSX.Element {
  const mayWrite = useCan()('webhooks:write');
  const [pasted, setPasted] = useState<Pasted>(() => ({
    ...filledIn(alert, 'standard', names),
    scheme: 'standard',
    secret: '',
  }));
  const { scheme } = pasted;
  const change = (changes: Partial<Pasted>): void => setPasted((now) => ({ ...now, ...changes }));
  // What was pasted stays; a signature is of one header only.
  const choose = (next: Scheme): void => {
    const isFilledIn = pasted.signature === filledIn(alert, scheme, names).signature;
    change({ scheme: next, signature: isFilledIn ? filledIn(alert, next, names).signature : '' });
  };
  const takeSecret = async (): Promise<void> => {
    try {
      const path = { id: webhook.id };
      change({ secret: (await read(api.GET('/settings/webhooks/{id}', { params: { path } }))).secret ?? '' });
    } catch (error) {
      toastError(error, 'The secret could not be read');
    }
  };
  return (
    <div className="stack gap-4">
      <p>
        Paste an alert as it arrived. It is computed here, in your browser: nothing of it is sent anywhere.
        {alert !== null && ' The fields have the newest delivery of this webhook, signed now.'}
      </p>
      <div className="row">
        <Segments
          label="Signature to check"
          options={schemes.map((value) => ({ value, label: schemeLabel(value, names) }))}
          value={scheme}
          onChange={choose}
        />
      </div>
      <div className="check-fields">
        {scheme !== 'body' && (
          <TextField
            label={scheme === 'standard' ? 'webhook-id' : names.hookId}
            value={pasted.id}
            onChange={(id) => change({ id })}
            {...asPasted}
          />
        )}
        {scheme === 'standard' && (
          <TextField
            label="webhook-timestamp"
            value={pasted.timestamp}
            onChange={(timestamp) => change({ timestamp })}
            {...asPasted}
          />
        )}
        <TextField
          label={scheme === 'standard' ? 'webhook-signature' : names.signature}
          value={pasted.signature}
          onChange={(signature) => change({ signature })}
          className="is-wide"
          {...asPasted}
        />
        {scheme !== 'hook-id' && (
          <TextArea
            label="Body"
            description="Exactly as it arrived: one line, not formatted."
            value={pasted.body}
            onChange={(body) => change({ body })}
            rows={5}
            className="is-wide"
            {...asPasted}
          />
        )}
        <TextField
          label="Secret"
          type="password"
          value={pasted.secret}
          onChange={(secret) => change({ secret })}
          className="is-wide"
          {...asPasted}
          after={
            mayWrite && webhook.dialect === 'workspace' ? (
              <Button size="small" icon="key" onPress={() => void takeSecret()}>
                Use this webhook’s
              </Button>
            ) : undefined
          }
        />
      </div>
      <VerdictLine hmac={hmac} pasted={pasted} />
    </div>
  );
}

const asPasted = { isMono: true, autoComplete: 'off', spellCheck: 'false' } as const;

const tones = { incomplete: 'info', valid: 'ok', invalid: 'bad' } as const;
const titles = { incomplete: 'Not checked yet', valid: 'Valid', invalid: 'Invalid' } as const;

function VerdictLine({ hmac, pasted }: { hmac: Hmac; pasted: Pasted }): JSX.Element {
  const [verdict, setVerdict] = useState<Verdict>();
  useEffect(() => {
    let isOver = false;
    void checkSignature(hmac, pasted, serverNow()).then((found) => !isOver && setVerdict(found));
    return () => {
      isOver = true;
    };
  }, [hmac, pasted]);
  return (
    <div role="status" data-testid="verdict" data-state={verdict?.state}>
      {verdict && (
        <Banner tone={tones[verdict.state]} title={titles[verdict.state]}>
          {verdict.because}
        </Banner>
      )}
    </div>
  );
}
