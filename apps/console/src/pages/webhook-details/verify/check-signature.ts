import type { Scheme } from './sample.ts';

export type Pasted = {
  readonly scheme: Scheme;
  readonly id: string;
  /** UNIX seconds, as in the header. */
  readonly timestamp: string;
  readonly body: string;
  readonly signature: string;
  readonly secret: string;
};

export type Verdict = {
  readonly state: 'incomplete' | 'valid' | 'invalid';
  /** A sentence: what is missing, what is covered, what would make it valid. */
  readonly because: string;
};

/** Seconds an alert may be old or ahead, as receivers are told. */
export const TOLERANCE = 300;

/** Of what a browser has in a secure context. */
export type Hmac = Pick<SubtleCrypto, 'importKey' | 'sign'>;

/** Missing where the page came over http from another host than this one. */
export const subtleOf = (crypto: Pick<Crypto, 'subtle'> | undefined): Hmac | undefined => crypto?.subtle;

/**
 * Whether the signature is one by this secret. Computes here and asks nobody.
 * `now`: UNIX milliseconds.
 */
export async function checkSignature(hmac: Hmac, pasted: Pasted, now: number): Promise<Verdict> {
  const missing = missingIn(pasted);
  if (missing !== undefined) return { state: 'incomplete', because: `Enter ${missing}.` };
  if (pasted.scheme === 'standard' && keyOf(pasted) === null)
    return { state: 'invalid', because: 'The secret begins with whsec_, and the rest of it is no Base64.' };
  if (await isValid(hmac, pasted)) return { state: 'valid', because: praise(pasted, now) };
  for (const { change, because } of nearMisses(pasted))
    if (await isValid(hmac, { ...pasted, ...change })) return { state: 'invalid', because };
  return { state: 'invalid', because: `It was not made with this secret over ${covered[pasted.scheme]}.` };
}

const covered: Record<Scheme, string> = {
  standard: 'this id, timestamp and body',
  'hook-id': 'this id',
  body: 'this body',
};

function missingIn({ scheme, id, timestamp, body, signature, secret }: Pasted): string | undefined {
  const needed: [string, string][] = [
    ...(scheme === 'body' ? [] : ([['the id', id]] as [string, string][])),
    ...(scheme === 'standard' ? ([['the timestamp', timestamp]] as [string, string][]) : []),
    ...(scheme === 'hook-id' ? [] : ([['the body', body]] as [string, string][])),
    ['the signature', signature.trim()],
    ['the secret', secret],
  ];
  const names = needed.filter(([, value]) => value === '').map(([name]) => name);
  return names.length === 0 ? undefined : [names.slice(0, -1).join(', '), names.at(-1)].filter(Boolean).join(' and ');
}

function praise({ scheme, timestamp }: Pasted, now: number): string {
  if (scheme === 'hook-id') return 'It is by this secret, for this id. It says nothing about the body.';
  if (scheme === 'body') return 'It is by this secret, for this body.';
  const isFresh = Math.abs(now / 1_000 - Number(timestamp)) <= TOLERANCE;
  return isFresh
    ? 'It is by this secret, for this id, timestamp and body.'
    : 'It is by this secret, for this id, timestamp and body. The timestamp is more than five minutes from now, so a receiver would refuse it by now.';
}

/** What is often wrong with what was pasted, and how to say it. */
function* nearMisses(pasted: Pasted): Generator<{ change: Partial<Pasted>; because: string }> {
  const { body, secret, scheme } = pasted;
  if (secret.trim() !== secret)
    yield { change: { secret: secret.trim() }, because: 'It is valid without the blanks around the secret.' };
  if (scheme === 'hook-id') return;
  if (body.trim() !== body)
    yield { change: { body: body.trim() }, because: 'It is valid without the blanks or line breaks around the body.' };
  const compact = compacted(body);
  if (compact !== undefined && compact !== body)
    yield {
      change: { body: compact },
      because: 'The body was formatted. The signature covers its bytes as they arrived, on one line.',
    };
}

function compacted(body: string): string | undefined {
  try {
    return JSON.stringify(JSON.parse(body));
  } catch {
    return undefined;
  }
}

async function isValid(hmac: Hmac, pasted: Pasted): Promise<boolean> {
  const key = keyOf(pasted);
  if (key === null) return false;
  const made = new Uint8Array(await hmac.sign('HMAC', await imported(hmac, key), signedBytes(pasted)));
  const { scheme, signature } = pasted;
  if (scheme !== 'standard') return signature.trim().toLowerCase() === hex(made);
  return signature
    .trim()
    .split(/\s+/)
    .includes(`v1,${base64(made)}`);
}

const imported = (hmac: Hmac, key: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  hmac.importKey('raw', key, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);

function signedBytes({ scheme, id, timestamp, body }: Pasted): Uint8Array<ArrayBuffer> {
  if (scheme === 'hook-id') return utf8(id);
  return utf8(scheme === 'body' ? body : `${id}.${timestamp}.${body}`);
}

/** Null for what should be Base64 and is not, or holds nothing. */
function keyOf({ scheme, secret }: Pasted): Uint8Array<ArrayBuffer> | null {
  if (scheme !== 'standard' || !secret.startsWith('whsec_')) return utf8(secret);
  try {
    const key = Uint8Array.from(atob(secret.slice('whsec_'.length)), (character) => character.charCodeAt(0));
    return key.length > 0 ? key : null;
  } catch {
    return null;
  }
}

const hex = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
const base64 = (bytes: Uint8Array): string => btoa(String.fromCharCode(...bytes));
