import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ScriptedOwnership } from '../../../platform/leases/testing/scripted-ownership.ts';
import { Stores } from '../../../platform/processing/testing/stores.ts';
import { MailRig } from './testing/mail-rig.ts';

let stores: Stores;
let rig: MailRig;
beforeEach(async () => {
  stores = await Stores.open();
  rig = await MailRig.of(stores);
});
afterEach(async () => {
  await stores.dispose();
  await rig.server.stop();
});

describe('where several processes could send', () => {
  it('only the one that holds the task does', async () => {
    const ownership = new ScriptedOwnership();
    await rig.start({ ownerships: () => ownership });
    await rig.invite();
    await rig.settled();
    expect(rig.mails()).toEqual([]);
    ownership.gain();
    await rig.until(() => rig.mails().length === 1);
  });

  it('one that may have lost the task without having noticed yet does not', async () => {
    const ownership = new ScriptedOwnership();
    await rig.start({ ownerships: () => ownership });
    ownership.gain();
    await rig.settled();
    ownership.safeForMs = 0;
    await rig.invite();
    await rig.folded();
    ownership.lose();
    await rig.settled();
    expect(rig.mails()).toEqual([]);
  });
});
