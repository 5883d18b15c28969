import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Actions } from './version-lifecycle-actions.ts';
import { Checks } from './version-lifecycle-checks.ts';
import { DAY } from './version-lifecycle-dates.ts';
import { expectRecords } from './version-lifecycle-records.ts';
import { readable, received } from './version-lifecycle-mails.ts';
import { SECOND, THIRD } from './version-lifecycle-shapes.ts';
import { END, expectEnd, MILESTONES, STORY } from './version-lifecycle-story.ts';
import { REFUSED, SLOW } from './version-lifecycle-tree.ts';
import { START, World } from './version-lifecycle-world.ts';

const A_SECOND = 1_000;
/** When the mail server tells one address to come again later. */
const BUSY = ['2047-08-31T10:30:00Z', '2048-01-29T10:30:00Z'].map((at) => Date.parse(at));

const RELEASES = [
  ['2047-08-31T10:30:00Z', SECOND],
  ['2047-10-15T17:45:00Z', THIRD],
] as const;

describe('eight months of webhook versions', () => {
  let world: World;
  let actions: Actions;
  let checks: Checks;

  beforeEach(async () => {
    world = await World.start();
    [actions, checks] = [new Actions(world), new Checks(world)];
  });
  afterEach(() => world.dispose());

  it('bring every mail, record, draft, notification, warning and disabling on its day, once', async () => {
    const instants = instantsUntil(END);
    for (const [n, instant] of instants.entries()) {
      const late = BUSY.includes(instant) ? [SLOW] : [];
      world.mails.takeAgain();
      world.mails.answer(REFUSED, 550, 'No such user');
      for (const address of late) world.mails.answer(address, 450, 'Come again later');
      const next = world.oracle.nextDue;
      await world.goTo(instant);
      const steps = STORY.filter(({ at }) => at === instant);
      if (next <= (instants[n + 1] ?? 0)) await checks.everything({ late });
      else checks.mails({ late });
      for (const { does } of steps) {
        await does(actions, world);
        await world.goTo(instant + A_SECOND);
        await checks.everything({ late });
      }
    }
    for (const [version, calendar] of Object.entries(MILESTONES))
      expect(await world.server.ask('GET', `/versions/${version}`)).toMatchObject({ calendar });
    expectEnd(world);
    await expectRecords(world);
  }, 120_000);

  it('that pass in one leap bring the same, in the same order', async () => {
    for (const [at, release] of RELEASES) {
      await world.goTo(Date.parse(at));
      await actions.release(release);
      await actions.move('north-early', release.name);
    }
    await world.goTo(END);
    await checks.everything();
    await expectRecords(world);
    const told = world.oracle.mails.map((mail) => readable(mail).subject);
    const read = world.mails.caught.map((mail) => received(mail).subject);
    expect([...new Set(read)]).toEqual([...new Set(told)]);
  }, 60_000);
});

/** A day apart, and whenever somebody does something. */
function instantsUntil(end: number): number[] {
  const instants = new Set(STORY.map(({ at }) => at));
  for (let day = START + DAY; day <= end; day += DAY) instants.add(day);
  return [...instants].sort((a, b) => a - b);
}
