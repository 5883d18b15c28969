import { describe, it } from '@jest/globals';
import type { CommandMetadata } from '../../../platform/kernel/index.ts';
import { specify } from '../../../platform/kernel/testing/decider-spec.ts';
import { projecting } from '../../../platform/kernel/testing/projection-spec.ts';
import { record } from '../../../platform/kernel/testing/recorded.ts';
import { MakeSigningKey, RetireSigningKey } from './signing-key.commands.ts';
import { signingKey } from './signing-key.decider.ts';
import type { SigningKeyEvent } from './signing-key.events.ts';
import { signingKeys } from './signing-keys.projection.ts';

const metadata: CommandMetadata = { at: 1_700_000_000_000, actor: 'system', traceId: 'trace' };
const publicJwk = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y' } as const;
const data = { keyId: 'k', publicJwk, privateJwk: 'sealed', activeFrom: 5 };
const made: SigningKeyEvent = { type: 'SigningKeyMade', data };
const retired: SigningKeyEvent = { type: 'SigningKeyRetired', data: { keyId: 'k' } };
const make = new MakeSigningKey(data, metadata);
const retire = new RetireSigningKey({ keyId: 'k' }, metadata);
const { given, when } = specify(signingKey);

describe('a signing key', () => {
  it('is made once, whoever else makes it too', () => {
    when(make).then([made]);
    given([made])
      .when(new MakeSigningKey({ ...data, privateJwk: 'another' }, metadata))
      .thenNothing();
  });

  it('is retired once, and never made again', () => {
    given([made]).when(retire).then([retired]);
    given([made, retired]).when(retire).thenNothing();
    given([made, retired]).when(make).thenNothing();
  });

  it('cannot be retired before it is made', () => when(retire).thenRefused('not-found'));
});

describe('the signing keys', () => {
  const fold = (...events: SigningKeyEvent[]) =>
    projecting(
      signingKeys,
      record(events, () => 'signingKey-k'),
    );

  it('carry the private half sealed', () => fold(made).then({ k: { ...data, retired: false } }));

  it('remember those that are retired', () => fold(made, retired).then({ k: { ...data, retired: true } }));
});
