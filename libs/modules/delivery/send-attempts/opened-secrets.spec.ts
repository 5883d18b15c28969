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
    const { keys, headers } = secrets.of('hook', target);
    expect(keys?.hook.equals(signingKeysOf('own').hook)).toBe(true);
    expect(headers).toEqual({ 'X-Key': 'value' });
    secrets.of('hook', target);
    expect(opened).toEqual([headerContext('hook', 'X-Key'), secretContext('hook')]);
  });

  it('is none of its own where the location signs', () =>
    expect(secrets.of('hook', { ...target, secret: null })).toMatchObject({
      keys: null,
      headers: { 'X-Key': 'value' },
    }));
});

describe('what a location signs with', () => {
  const isSignedWith = async (workspaceId: string, secret: string) =>
    (await secrets.keysOfLocation(workspaceId)).hook.equals(signingKeysOf(secret).hook);

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
    await expect(secrets.keysOfLocation('c')).rejects.toThrow();
  });

  it('is asked for where all is known before it is missing', async () => {
    await expect(secrets.keysOfLocation('a')).rejects.toThrow(/location a has no secret/);
    locations.stored.set('a', sealedFor('a', 'first'));
    expect(await isSignedWith('a', 'first')).toBe(true);
  });
});
