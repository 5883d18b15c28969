import type { Projection, Sealed } from '../../../platform/kernel/index.ts';
import type { PublicJwk, SigningKeyEvent } from './signing-key.events.ts';

export type SigningKeyDocument = {
  readonly keyId: string;
  readonly publicJwk: PublicJwk;
  readonly privateJwk: Sealed;
  /** Milliseconds since the epoch. */
  readonly activeFrom: number;
  readonly retired: boolean;
};

export const signingKeys: Projection<SigningKeyDocument, SigningKeyEvent> = {
  name: 'signing-keys',
  version: 1,
  categories: ['signingKey'],
  fields: [{ field: 'retired', type: 'boolean' }],
  keys: (event) => [event.data.keyId],
  fold: (document, event) => {
    switch (event.type) {
      case 'SigningKeyMade':
        return document ?? { ...event.data, retired: false };
      case 'SigningKeyRetired':
        return document && { ...document, retired: true };
    }
  },
};
