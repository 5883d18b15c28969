import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Instant } from '../../../platform/kernel/index.ts';
import type { Dialect } from '../../webhook-configuration/contract.ts';
import { LOCATION_SIGNATURE } from './location-signature.ts';

/** What a secret signs with. Made once for many alerts: making a key costs more than signing with it. */
export type SigningKeys = { readonly hook: KeyObject; readonly standard: KeyObject };

/** A secret that begins with `whsec_` is the Standard Webhooks key in Base64; any other is the key itself. */
export function signingKeysOf(secret: string): SigningKeys {
  const hook = createSecretKey(secret, 'utf8');
  if (!secret.startsWith('whsec_')) return { hook, standard: hook };
  return { hook, standard: createSecretKey(secret.slice('whsec_'.length), 'base64') };
}

/** The newest secret, opened, and the one that was rotated out, if that was not over when it was opened. */
export type OpenedKeys = {
  readonly keys: SigningKeys;
  readonly previous: { readonly keys: SigningKeys; readonly until: Instant } | null;
};

/** What signs at one instant; both during the overlap of a rotation. */
export type Signers = { readonly keys: SigningKeys; readonly previous: SigningKeys | null };

export const signersAt = ({ keys, previous }: OpenedKeys, now: Instant): Signers => ({
  keys,
  previous: previous !== null && now < previous.until ? previous.keys : null,
});

export type Signing = Signers & {
  readonly dialect: Dialect;
  readonly hookId: string;
  readonly hookType: string;
  /** That the body is in. */
  readonly version: string;
  readonly body: string;
  /** Of this attempt: receivers refuse what is older than five minutes. */
  readonly unixSecond: number;
};

/** HMAC-SHA256 of the hook id, lower-case hex: what the workspace API's receivers check. It does not cover the body. */
export const hookSignature = (hookId: string, keys: SigningKeys): string =>
  createHmac('sha256', keys.hook).update(hookId).digest('hex');

/** HMAC-SHA256 of the body, upper-case hex: what the location dialect's receivers check. */
export const bodySignature = (body: string, keys: SigningKeys): string =>
  createHmac('sha256', keys.hook).update(body).digest('hex').toUpperCase();

/** `webhook-signature` of Standard Webhooks: covers id, second and body. */
export const standardSignature = (
  { hookId, unixSecond, body }: Pick<Signing, 'hookId' | 'unixSecond' | 'body'>,
  keys: SigningKeys,
): string => `v1,${createHmac('sha256', keys.standard).update(`${hookId}.${unixSecond}.${body}`).digest('base64')}`;

/** That header has room for several signatures: the newest first. */
function standardSignatures(signing: Signing): string {
  const newest = standardSignature(signing, signing.keys);
  return signing.previous === null ? newest : `${newest} ${standardSignature(signing, signing.previous)}`;
}

/** Our headers, and over them the configured ones, which replace ours of the same name whatever its case. */
export function alertHeaders(
  signing: Signing,
  headerPrefix: string,
  configured: Readonly<Record<string, string>>,
): Record<string, string> {
  // As long as the secret that was rotated out signs, receivers that know only that one lose nothing.
  const single = signing.previous ?? signing.keys;
  const [signatureName, signature] =
    signing.dialect === 'location'
      ? [LOCATION_SIGNATURE, bodySignature(signing.body, single)]
      : [`${headerPrefix}-Signature`, hookSignature(signing.hookId, single)];
  const ours = {
    'Content-Type': 'application/json',
    'User-Agent': 'Carillon',
    [`${headerPrefix}-Hook-Id`]: signing.hookId,
    [`${headerPrefix}-Hook-Type`]: signing.hookType,
    [`${headerPrefix}-Hook-Version`]: signing.version,
    [signatureName]: signature,
    'webhook-id': signing.hookId,
    'webhook-timestamp': String(signing.unixSecond),
    'webhook-signature': standardSignatures(signing),
  };
  const names = Object.keys(configured);
  if (names.length === 0) return ours;
  const replaced = new Set(names.map((name) => name.toLowerCase()));
  const kept = Object.entries(ours).filter(([name]) => !replaced.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...configured };
}
