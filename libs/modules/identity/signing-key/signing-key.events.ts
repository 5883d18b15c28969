import type { DomainEvent, Sealed } from '../../../platform/kernel/index.ts';

/** The public half of an ES256 key. */
export type PublicJwk = { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string };

/** `privateJwk` is sealed for `signing-key:<keyId>`. The key is published from here on, and signs from `activeFrom` on. */
export type SigningKeyMade = DomainEvent<
  'SigningKeyMade',
  {
    keyId: string;
    publicJwk: PublicJwk;
    privateJwk: Sealed;
    /** Milliseconds since the epoch. */
    activeFrom: number;
  }
>;
/** Every token it signed has expired; it is published no more. */
export type SigningKeyRetired = DomainEvent<'SigningKeyRetired', { keyId: string }>;

export type SigningKeyEvent = SigningKeyMade | SigningKeyRetired;
