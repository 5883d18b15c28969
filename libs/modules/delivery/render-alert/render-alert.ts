import { createHmac } from 'node:crypto';

export type AlertSource = {
  /** The hook id. */
  readonly id: string;
  readonly timestamp: number;
  readonly workspaceId: string;
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
};

/** The exact bytes that are signed and sent, the same on every attempt. */
export const renderAlert = ({ id, timestamp, workspaceId, type, data }: AlertSource): string =>
  JSON.stringify({ id, timestamp: String(timestamp), workspaceId, type, data });

export type Signing = {
  readonly hookId: string;
  readonly hookType: string;
  readonly body: string;
  readonly secret: string;
  /** Of this attempt: receivers refuse what is older than five minutes. */
  readonly unixSecond: number;
};

/** HMAC-SHA256 of the hook id, lower-case hex: what the workspace API's receivers check. It does not cover the body. */
export const hookSignature = (hookId: string, secret: string): string =>
  createHmac('sha256', secret).update(hookId).digest('hex');

/** `webhook-signature` of Standard Webhooks: covers id, second and body. */
export function standardSignature({ hookId, unixSecond, body, secret }: Omit<Signing, 'hookType'>): string {
  const key = secret.startsWith('whsec_')
    ? Buffer.from(secret.slice('whsec_'.length), 'base64')
    : Buffer.from(secret, 'utf8');
  return `v1,${createHmac('sha256', key).update(`${hookId}.${unixSecond}.${body}`).digest('base64')}`;
}

/** Our headers, and over them the configured ones, which replace ours of the same name whatever its case. */
export function alertHeaders(
  signing: Signing,
  headerPrefix: string,
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  const ours = {
    'Content-Type': 'application/json',
    'User-Agent': 'Carillon',
    [`${headerPrefix}-Hook-Id`]: signing.hookId,
    [`${headerPrefix}-Hook-Type`]: signing.hookType,
    [`${headerPrefix}-Signature`]: hookSignature(signing.hookId, signing.secret),
    'webhook-id': signing.hookId,
    'webhook-timestamp': String(signing.unixSecond),
    'webhook-signature': standardSignature(signing),
  };
  const replaced = new Set(Object.keys(configured).map((name) => name.toLowerCase()));
  const kept = Object.entries(ours).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...configured };
}
