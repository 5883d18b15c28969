import fc from 'fast-check';
import type { AttemptOutcome } from '../../libs/modules/delivery/delivery/delivery.commands.ts';
import type { World } from './world.ts';

export const success: AttemptOutcome = { ok: true, statusCode: 200, answer: '' };
export const failure: AttemptOutcome = { ok: false, statusCode: 500, errorClass: 'http-status', error: 'no' };
export const gone: AttemptOutcome = { ok: false, statusCode: 410, errorClass: 'http-status', error: 'gone' };

export type Step = { readonly name: string; readonly run: (world: World) => void };
const step = (name: string, run: (world: World) => void, weight: number) => ({
  arbitrary: fc.constant<Step>({ name, run }),
  weight,
});

/** All that can happen. */
export const steps = fc.array(
  fc.oneof(
    step('publish', (w) => w.publish(), 4),
    step('publish, when too much is owed', (w) => w.publish(true), 1),
    step('publish in an older shape', (w) => w.publish(false, 1), 2),
    step('release a version', (w) => w.release(), 2),
    step('move to the newest version', (w) => w.move(), 2),
    step('begin', (w) => w.begin(), 8),
    step('fail', (w) => w.end(failure), 8),
    step('fail, recorded twice', (w) => w.end(failure, 2), 2),
    step('succeed', (w) => w.end(success), 2),
    step('answer 410', (w) => w.end(gone), 1),
    step('fail to render', (w) => w.end('unrendered'), 2),
    step('fail to render, recorded twice', (w) => w.end('unrendered', 2), 1),
    step('catch up', (w) => w.catchUp(), 8),
    step('wait', (w) => void (w.now += 100_000), 6),
    step('react', (w) => w.react(), 5),
    step('react again', (w) => w.react(8), 1),
    step('crash', (w) => w.crash(), 1),
    step('disable', (w) => w.disable(), 1),
    step('enable', (w) => w.enable(), 3),
    step('enable and release', (w) => w.enable('release'), 2),
    step('enable and cancel', (w) => w.enable('cancel'), 1),
    step('cancel', (w) => w.cancel(), 1),
    step('release', (w) => w.startJob('held'), 2),
    step('redeliver what was not delivered', (w) => w.startJob('not-delivered'), 1),
    step('redeliver all', (w) => w.startJob('all'), 1),
    step('work', (w) => w.work(), 5),
    step('work, and crash before that is recorded', (w) => (w.work(false), w.crash()), 1),
    step('cancel jobs', (w) => w.cancelJobs(), 1),
    step('redeliver', (w) => w.redeliver(1), 2),
    // Rarely: there is little to see after it.
    {
      arbitrary: fc
        .integer({ min: 0, max: 5 })
        .map((n): Step => ({ name: 'remove', run: (w) => (n === 0 ? w.remove() : undefined) })),
      weight: 1,
    },
  ),
  { minLength: 10, maxLength: 120, size: 'max' },
);

/** Much of what jobs come across, and little else. */
export const jobSteps = fc.array(
  fc.oneof(
    step('publish, when too much is owed', (w) => w.publish(true), 4),
    step('publish', (w) => w.publish(), 2),
    step('begin', (w) => w.begin(), 5),
    step('succeed', (w) => w.end(success), 6),
    step('answer 410', (w) => w.end(gone), 2),
    step('fail to render', (w) => w.end('unrendered'), 2),
    step('catch up', (w) => w.catchUp(), 8),
    step('react', (w) => w.react(), 2),
    step('enable', (w) => w.enable(), 2),
    step('release', (w) => w.startJob('held'), 2),
    step('redeliver what was not delivered', (w) => w.startJob('not-delivered'), 2),
    step('redeliver all', (w) => w.startJob('all'), 1),
    step('work', (w) => w.work(), 8),
    step('work, and crash before that is recorded', (w) => (w.work(false), w.crash()), 3),
    {
      arbitrary: fc.nat({ max: 4 }).map((n): Step => ({ name: `redeliver ${n}`, run: (w) => w.redeliver(n) })),
      weight: 4,
    },
  ),
  { minLength: 10, maxLength: 80, size: 'max' },
);
