import { createHmac, timingSafeEqual } from 'node:crypto';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

/** An alert as it came in: the exact body, and headers by lower-case name. */
export type ArrivedAlert = {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Verdict = { readonly valid: boolean; readonly reason: string };

const valid: Verdict = { valid: true, reason: 'valid' };
const refused = (reason: string): Verdict => ({ valid: false, reason });

/** `<prefix>-Signature` proves who sent the hook id. It says nothing about the body. */
export function verifyHookSignature({ headers }: ArrivedAlert, secret: string, headerPrefix: string): Verdict {
  const hookId = headers[`${headerPrefix}-Hook-Id`.toLowerCase()];
  const signature = headers[`${headerPrefix}-Signature`.toLowerCase()];
  if (hookId === undefined || signature === undefined) return refused('missing');
  const expected = Buffer.from(createHmac('sha256', secret).update(hookId).digest('hex'));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given)
    ? valid
    : refused('not that of this hook id and secret');
}

const LOCATION_SIGNATURE = 'x-nexudus-hook-signature';

/** Whether it is of the location dialect, where the secret is that of the location. */
export const isOfLocation = ({ headers }: ArrivedAlert): boolean => headers[LOCATION_SIGNATURE] !== undefined;

/** `X-Nexudus-Hook-Signature` covers the body. Upper-case hex as it is sent, either case as it is read. */
export function verifyLocationSignature({ headers, body }: ArrivedAlert, secret: string): Verdict {
  const expected = createHmac('sha256', secret).update(body, 'utf8').digest();
  const given = Buffer.from(headers[LOCATION_SIGNATURE] ?? '', 'hex');
  return expected.length === given.length && timingSafeEqual(expected, given)
    ? valid
    : refused('not that of this body and secret');
}

/** The library takes a string secret for Latin-1 text, so that one outside ASCII is only right as bytes. */
export const standardWebhook = (secret: string): Webhook =>
  secret.startsWith('whsec_') ? new Webhook(secret) : new Webhook(Buffer.from(secret, 'utf8'), { format: 'raw' });

/** `webhook-signature` covers id, second and body; a `webhook-timestamp` over five minutes away is refused. */
export function verifyStandardWebhook({ headers, body }: ArrivedAlert, secret: string): Verdict {
  try {
    standardWebhook(secret).verify(body, headers, { jsonParse: false });
    return valid;
  } catch (error) {
    if (error instanceof WebhookVerificationError) return refused(error.message);
    throw error;
  }
}
