import type { Ids } from '../../../platform/kernel/index.ts';

const PREFIX = 'whsec_';
const PADDED_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export const MAX_SECRET_LENGTH = 256;
const KEY_BYTES = { min: 24, max: 64 };

/**
 * What is wrong with a secret, if anything. One that begins with `whsec_` holds a key of 24 to 64 bytes in padded base64; of any
 * other the UTF-8 bytes are the key.
 */
export function secretProblem(secret: string): string | undefined {
  if (secret.length < 1 || secret.length > MAX_SECRET_LENGTH) return `must have 1 to ${MAX_SECRET_LENGTH} characters`;
  if (!secret.isWellFormed()) return 'contains half of a surrogate pair, which has no UTF-8 form';
  if (!secret.startsWith(PREFIX)) return undefined;
  const encoded = secret.slice(PREFIX.length);
  const bytes = Buffer.from(encoded, 'base64').length;
  if (PADDED_BASE64.test(encoded) && bytes >= KEY_BYTES.min && bytes <= KEY_BYTES.max) return undefined;
  return `begins with ${PREFIX}, so the rest must be padded base64 of ${KEY_BYTES.min} to ${KEY_BYTES.max} bytes`;
}

/** A new one for Standard Webhooks: 32 bytes, of the 258 bits that the token has. */
export const makeSecret = (ids: Pick<Ids, 'token'>): string =>
  `${PREFIX}${Buffer.from(ids.token(43), 'base64url').toString('base64')}`;
