import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FIRST_VERSION } from '../../libs/modules/webhook-configuration/contract.ts';
import { Actions } from './version-lifecycle-actions.ts';
import { Checks } from './version-lifecycle-checks.ts';
import { HOUR } from './version-lifecycle-dates.ts';
import { SECOND, THIRD } from './version-lifecycle-shapes.ts';
import { expectRecords } from './version-lifecycle-records.ts';
import { END, expectEnd, STORY } from './version-lifecycle-story.ts';
import { World } from './version-lifecycle-world.ts';

describe('a process that is stopped', () => {
  let world: World;
  let actions: Actions;
  let checks: Checks;

  beforeEach(async () => {
    world = await World.start();
    [actions, checks] = [new Actions(world), new Checks(world)];
  });
  afterEach(() => world.dispose());

  /** An hour before each milestone it is stopped, and comes back before the milestone or after it, in turns. */
  async function goTo(instant: number): Promise<void> {
    for (let next = world.oracle.nextMilestone; next <= instant; next = world.oracle.nextMilestone) {
      await world.goTo(next - HOUR);
      await checks.everything();
      stops += 1;
      if (stops % 2 === 0) await world.sleepUntil(next);
      else {
        await world.restart();
        await world.goTo(next);
      }
      await checks.everything();
    }
    if (instant > world.oracle.now) await world.goTo(instant);
  }
  let stops = 0;

  it('across every milestone leaves all of them as they would have been, on their days, once', async () => {
    for (const { at, does } of STORY) {
      await goTo(at);
      const released = world.oracle.versions.length;
      await does(actions, world);
      // What a release brings is on its way.
      if (world.oracle.versions.length > released) await world.restart();
      await world.goTo(at + HOUR);
      await checks.everything();
    }
    await goTo(END);
    await checks.everything();
    expect(stops).toBe(6);
    expectEnd(world);
    await expectRecords(world);
  }, 120_000);

  it('for months catches up once and in order, and leaves out the mails that a later milestone has overtaken', async () => {
    await world.goTo(Date.parse('2047-08-31T10:30:00Z'));
    await actions.release(SECOND);
    await world.goTo(Date.parse('2047-10-01T10:30:00Z'));
    await actions.move('north-early', SECOND.name);
    await actions.move('south-slow', SECOND.name);
    await world.goTo(Date.parse('2047-10-15T17:45:00Z'));
    await actions.release(THIRD);
    await world.goTo(Date.parse('2047-10-15T17:45:01Z'));
    await checks.everything();

    // The first version is over; of the second one the admins have just been reminded.
    await world.sleepUntil(Date.parse('2048-03-20T00:00:00Z'));
    await checks.everything();
    expect(world.oracle.mails.map(({ milestone, version }) => `${milestone} ${version}`)).not.toContain(
      `reminder ${FIRST_VERSION}`,
    );
    expect(world.oracle.mails.at(-1)).toMatchObject({ milestone: 'reminder', version: SECOND.name });

    // Late, but not too late for the pop-up of the second one.
    await world.sleepUntil(Date.parse('2048-04-16T00:00:00Z'));
    await checks.everything();
    expect(world.oracle.popUps.map(({ version }) => version)).toContain(SECOND.name);

    await world.restart();
    await world.goTo(Date.parse('2048-04-16T17:45:00Z'));
    await checks.everything();
    await expectRecords(world);
  }, 60_000);
});
