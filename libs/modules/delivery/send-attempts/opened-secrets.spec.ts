import { beforeEach, describe, expect, it } from '@jest/globals';
import { sealingKey, type SealingKey } from '../../../platform/sealing/index.ts';
import { workspaceSecretContext } from '../../identity/contract.ts';
import { headerContext, secretContext } from '../../webhook-configuration/contract.ts';
import { signingKeysOf } from '../render-alert/sign-alert.ts';
import { OpenedSecrets } from './opened-secrets.ts';
import { Locations } from './testing/locations.ts';

const sealing = sealingKey(Buffer.alloc(32, 7));
const target = {
  url: '',
  secret: sealing.seal('own', secretContext('hook')),
  headers: { 'X-Key': sealing.seal('value', headerContext('hook', 'X-Key')) },
};
const sealedFor = (workspaceId: string, secret: string) => sealing.seal(secret, workspaceSecretContext(workspaceId));

let opened: string[];
let locations: Locations;
let secrets: OpenedSecrets;
beforeEach(() => {
  opened = [];
  locations = new Locations();
  const counting: SealingKey = {
    ...sealing,
    open: (sealed, context) => {
      opened.push(context);
      return sealing.open(sealed, context);
    },
  };
  secrets = new OpenedSecrets(counting, locations);
});

describe('what a webhook is signed with', () => {
  it('is its own secret, opened once with its headers', () => {
    const { signing, headers } = secrets.of('hook', target, 0);
    expect(signing?.previous).toBeNull();
    expect(signing?.keys.hook.equals(signingKeysOf('own').hook)).toBe(true);
    expect(headers).toEqual({ 'X-Key': 'value' });
    secrets.of('hook', target, 1);
    expect(opened).toEqual([headerContext('hook', 'X-Key'), secretContext('hook')]);
  });

  it('is none of its own where the location signs', () =>
    expect(secrets.of('hook', { ...target, secret: null }, 0)).toMatchObject({
      signing: null,
      headers: { 'X-Key': 'value' },
    }));
});

describe('a secret that was rotated out', () => {
  const UNTIL = 1_000;
  const previousOf = (context: string) => ({ secret: sealing.seal('old', context), until: UNTIL });
  const rotated = { ...target, headers: {}, previousSecret: previousOf(secretContext('hook')) };

  it('is opened with the one that took its place, once, and told until when it signs', () => {
    const { signing } = secrets.of('hook', rotated, UNTIL - 1);
    expect(signing?.previous).toMatchObject({ until: UNTIL });
    expect(signing?.previous?.keys.hook.equals(signingKeysOf('old').hook)).toBe(true);
    secrets.of('hook', rotated, UNTIL + 1);
    expect(opened).toHaveLength(2);
  });

  it('is not opened once it signs nothing any more', async () => {
    expect(secrets.of('hook', rotated, UNTIL).signing?.previous).toBeNull();
    locations.known.set('a', sealedFor('a', 'new'));
    locations.previous.set('a', previousOf(workspaceSecretContext('a')));
    expect((await secrets.ofLocation('a', UNTIL)).previous).toBeNull();
    expect(opened).toHaveLength(2);
  });

  it('of a location is opened with that of its location', async () => {
    locations.known.set('a', sealedFor('a', 'new'));
    locations.previous.set('a', previousOf(workspaceSecretContext('a')));
    const { previous } = await secrets.ofLocation('a', 0);
    expect(previous?.keys.hook.equals(signingKeysOf('old').hook)).toBe(true);
    expect([previous?.until, opened.length]).toEqual([UNTIL, 2]);
  });
});

describe('what a location signs with', () => {
  const isSignedWith = async (workspaceId: string, secret: string) =>
    (await secrets.ofLocation(workspaceId, 0)).keys.hook.equals(signingKeysOf(secret).hook);

  it('is opened once, and again when it is rotated', async () => {
    locations.known.set('a', sealedFor('a', 'first'));
    expect([await isSignedWith('a', 'first'), await isSignedWith('a', 'first')]).toEqual([true, true]);
    expect(opened).toHaveLength(1);
    locations.known.set('a', sealedFor('a', 'second'));
    expect(await isSignedWith('a', 'second')).toBe(true);
    expect(opened).toHaveLength(2);
  });

  it('is its own, and opens for no other', async () => {
    locations.known.set('a', sealedFor('a', 'of a'));
    locations.known.set('b', sealedFor('b', 'of b'));
    expect([await isSignedWith('a', 'of a'), await isSignedWith('b', 'of b')]).toEqual([true, true]);
    locations.known.set('c', locations.known.get('a') ?? '');
    await expect(secrets.ofLocation('c', 0)).rejects.toThrow();
  });

  it('is asked for where all is known before it is missing', async () => {
    await expect(secrets.ofLocation('a', 0)).rejects.toThrow(/location a has no secret/);
    locations.stored.set('a', sealedFor('a', 'first'));
    expect(await isSignedWith('a', 'first')).toBe(true);
  });
});
