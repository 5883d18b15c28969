import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { REST_MS } from '../../libs/modules/delivery/send-attempts/queue-reader.ts';
import { soleOwnerships, type Ownerships } from '../../libs/platform/leases/index.ts';
import { ScriptedOwnership } from '../../libs/platform/leases/testing/scripted-ownership.ts';
import { createWebhook, event, events, publish, registerWorkspace } from '../support/api.ts';
import { Installation } from '../support/installation.ts';
import { URL } from './held-installation.ts';
import { HeldOutbound } from './held-outbound.ts';

let installation: Installation;
let outbound: HeldOutbound;
let partitions: ScriptedOwnership;

beforeEach(async () => {
  outbound = new HeldOutbound();
  partitions = new ScriptedOwnership({ shared: false });
  const ownerships: Ownerships = (group, ms) => (group === 'partitions' ? partitions : soleOwnerships(group, ms));
  installation = await Installation.open({ outbound, ownerships });
  for (const workspace of ['workspace', 'other']) await registerWorkspace(installation.api, workspace);
});
afterEach(async () => {
  outbound.letGo();
  await installation.dispose();
});

/** Safe for no time, they are served and nothing begins: what is due is read, and the sender looks again after a rest. */
const mayBegin = (may: boolean) => (partitions.safeForMs = may ? Infinity : 0);

describe('a sender', () => {
  it('takes webhooks in turn: a thousand due to one do not delay the one due to another', async () => {
    const { api, clock, server } = installation;
    await createWebhook(api, 'workspace', URL);
    await publish(api, ...events(1_000));
    await server.sagas.start();
    await installation.quiet();
    mayBegin(false);
    await server.sender.start();
    await installation.quiet();
    const single = event('other');
    await createWebhook(api, 'other', `${URL}/other`);
    await publish(api, single);
    await installation.quiet();
    // All wait for their turn now, the thousand in front: how fast the documents answered decides nothing.
    expect(outbound.begun).toEqual([]);
    mayBegin(true);
    outbound.letGo();
    clock.advance(REST_MS);
    await installation.settled();
    expect(outbound.begun.indexOf(single.id)).toBe(1);
    expect(outbound.begun).toHaveLength(1_001);
  });
});
