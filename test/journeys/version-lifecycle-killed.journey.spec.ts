import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { turns } from '../support/turns.ts';
import { Checks } from './version-lifecycle-checks.ts';
import { received } from './version-lifecycle-mails.ts';
import { expectRecords } from './version-lifecycle-records.ts';
import { MILESTONES } from './version-lifecycle-story.ts';
import { SECOND } from './version-lifecycle-shapes.ts';
import { World } from './version-lifecycle-world.ts';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';

/** The process dies with the so-manieth mail of its life, which the mail server has taken: before it says so, or as it does. */
const DEATHS = [
  { mail: 1, answered: false },
  { mail: 3, answered: false },
  { mail: 2, answered: true },
];

describe('a process that is killed', () => {
  let world: World;
  let checks: Checks;
  /** The mail that was in flight, for each death. */
  let diedWith: (string | undefined)[];

  beforeEach(async () => {
    world = await World.start();
    checks = new Checks(world);
    diedWith = [];
    await world.goTo(Date.parse('2047-08-31T10:30:00Z'));
  });
  afterEach(() => world.dispose());

  /** Resolves once it is dead, and the mail server is done with what it had of it. */
  function deathWith({ mail, answered }: (typeof DEATHS)[number]): Promise<void> {
    let mails = 0;
    return new Promise((resolve) => {
      const kill = async () => {
        await world.server.end('SIGKILL');
        void turns().then(resolve);
      };
      world.mails.hold(async () => {
        mails += 1;
        if (mails !== mail) return;
        if (answered) void turn().then(kill);
        else await kill();
      });
    });
  }

  /** Something that sends mails, and one life after the other until all are sent. */
  async function dyingOverAndOver(begin: () => Promise<unknown>): Promise<void> {
    let work = begin;
    for (const death of DEATHS) {
      const dead = deathWith(death);
      // Whatever it was about to answer dies with it.
      await Promise.all([dead, work().catch(() => undefined)]);
      diedWith.push(messageIds().at(-1));
      work = async () => {
        await world.server.start();
        await world.server.moveTo(world.oracle.now);
      };
    }
    world.mails.hold(async () => undefined);
    await work();
    const times = (ids: readonly unknown[], id: string) => ids.filter((each) => each === id).length;
    const tooOften = messageIds().filter((id) => times(messageIds(), id) > 1 + times(diedWith, id));
    expect({ diedWith, tooOften }).toEqual({ diedWith, tooOften: [] });
  }
  const messageIds = () => world.mails.caught.map((mail) => received(mail).messageId);

  it('between sending a mail and recording it repeats at most that one mail, and loses and repeats no other', async () => {
    await dyingOverAndOver(async () => {
      world.oracle.release(SECOND.name);
      await world.server.ask('POST', '/versions', { body: SECOND });
    });
    await checks.everything({ repeats: DEATHS.length });

    const { remindAt, popupAt, disableAt } = MILESTONES[FIRST_VERSION] ?? {};
    const reminder = Date.parse(remindAt ?? '');
    world.oracle.advance(reminder);
    await dyingOverAndOver(() => world.server.moveTo(reminder));
    await checks.everything({ repeats: DEATHS.length });

    for (const milestone of [popupAt, disableAt]) {
      await world.goTo(Date.parse(milestone ?? ''));
      await world.server.end('SIGKILL');
      await world.server.start();
      await checks.everything();
    }
    await expectRecords(world);
  }, 60_000);
});
