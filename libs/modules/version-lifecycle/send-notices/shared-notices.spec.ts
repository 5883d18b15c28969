import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Ownerships } from '../../../platform/leases/index.ts';
import { ScriptedOwnership } from '../../../platform/leases/testing/scripted-ownership.ts';
import { gate, Stores } from '../../../platform/processing/testing/stores.ts';
import { NoticeRig } from './testing/notice-rig.ts';

const toAda = 'ada@customer.example <notice.n-1@sender.example>';

/** What one of several processes holds, by group. */
class Held {
  readonly projections = new ScriptedOwnership();
  readonly notices = new ScriptedOwnership();
  readonly ownerships: Ownerships = (group) => (group === 'notices' ? this.notices : this.projections);
}

let stores: Stores;
let first: NoticeRig;
let second: NoticeRig;
let ofFirst: Held;
let ofSecond: Held;

beforeEach(async () => {
  stores = await Stores.open();
  first = await NoticeRig.of(stores);
  second = first.beside();
  [ofFirst, ofSecond] = [new Held(), new Held()];
  await Promise.all([first.start(ofFirst), second.start(ofSecond)]);
  ofFirst.projections.gain();
});
afterEach(async () => {
  await stores.dispose();
  await first.server.current.stop();
});

const sent = () => first.until(async () => (await first.document())?.status === 'sent');
const turns = async () => {
  for (let n = 0; n < 50; n++) await turn();
};

describe('a notice that is owed where several processes could send it', () => {
  it('is sent by the one that holds the task, and by no other', async () => {
    ofSecond.notices.gain();
    await first.owe();
    await sent();
    await Promise.all([first.settled(), second.settled()]);
    expect(first.arrived()).toEqual([toAda]);
  });

  it('waits while nobody does', async () => {
    await first.owe();
    await turns();
    expect(first.arrived()).toEqual([]);
    ofFirst.notices.gain();
    await sent();
    expect(first.arrived()).toEqual([toAda]);
  });

  it('is sent by the next one when the task is given back; what is under way is finished before', async () => {
    const held = gate();
    first.server.current.hold(() => held.opened);
    ofFirst.notices.gain();
    await first.owe();
    await first.until(() => first.server.current.connections === 1);
    const given = ofFirst.notices.giveBack();
    await first.owe({ noticeId: 'n-2', address: 'bob@customer.example' });
    held.open();
    await given;
    expect(first.arrived()).toEqual([toAda]);
    ofSecond.notices.gain();
    await second.until(async () => (await second.document('n-2'))?.status === 'sent');
    expect(first.arrived()).toEqual([toAda, 'bob@customer.example <notice.n-2@sender.example>']);
  });

  it('is not sent by a process that may have lost the task without having noticed yet', async () => {
    ofFirst.notices.gain();
    await first.settled();
    ofFirst.notices.safeForMs = 0;
    await first.owe();
    await turns();
    expect(first.arrived()).toEqual([]);
    ofFirst.notices.lose();
    ofSecond.notices.gain();
    await sent();
    expect(first.arrived()).toEqual([toAda]);
  });
});
