const PREFIX = 'whsec_';
const PADDED_BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;
const MAX_LENGTH = 256;

/** A new one for Standard Webhooks: a key of 32 random bytes. */
export const makeSecret = (): string =>
  `${PREFIX}${btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))))}`;

/** Why this cannot be a secret; undefined when it can. */
export function secretProblem(secret: string): string | undefined {
  if (secret === '') return 'Enter a secret, or generate one.';
  if (secret.length > MAX_LENGTH) return 'Enter at most 256 characters.';
  if (!secret.isWellFormed()) return 'Take out the half of a character in it.';
  if (!secret.startsWith(PREFIX)) return undefined;
  const encoded = secret.slice(PREFIX.length);
  const size = PADDED_BASE64.test(encoded) ? atob(encoded).length : 0;
  return size >= 24 && size <= 64 ? undefined : 'After whsec_ there must be padded base64 of 24 to 64 bytes.';
}

/** Short ones can be guessed; keys after `whsec_` are long enough. */
export const isWeakSecret = (secret: string): boolean =>
  secret !== '' && !secret.startsWith(PREFIX) && new TextEncoder().encode(secret).length < 16;
