import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { AttemptOutcome } from '../../libs/modules/delivery/delivery/delivery.commands.ts';
import type { DeliveryEvent, DeliveryExhausted } from '../../libs/modules/delivery/contract.ts';
import type { WebhookEvent } from '../../libs/modules/webhook-configuration/contract.ts';
import type { Recorded } from '../../libs/platform/kernel/index.ts';
import { SCHEDULE, World } from './world.ts';

const success: AttemptOutcome = { ok: true, statusCode: 200, answer: '' };
const failure: AttemptOutcome = { ok: false, statusCode: 500, errorClass: 'http-status', error: 'no' };
const gone: AttemptOutcome = { ok: false, statusCode: 410, errorClass: 'http-status', error: 'gone' };

const RUNS = 1_500;

type Step = { readonly name: string; readonly run: (world: World) => void };
const step = (name: string, run: (world: World) => void, weight: number) => ({
  arbitrary: fc.constant<Step>({ name, run }),
  weight,
});

const steps = fc.array(
  fc.oneof(
    step('publish', (w) => w.publish(), 4),
    step('begin', (w) => w.begin(), 8),
    step('fail', (w) => w.end(failure), 8),
    step('fail, recorded twice', (w) => w.end(failure, 2), 2),
    step('succeed', (w) => w.end(success), 2),
    step('answer 410', (w) => w.end(gone), 1),
    step('catch up', (w) => w.catchUp(), 8),
    step('wait', (w) => void (w.now += 100_000), 6),
    step('react', (w) => w.react(), 5),
    step('react again', (w) => w.react(8), 1),
    step('crash', (w) => w.crash(), 1),
    step('disable', (w) => w.disable(), 1),
    step('enable', (w) => w.enable(), 3),
    step('release', (w) => w.release(), 2),
    step('cancel', (w) => w.cancel(), 1),
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

const run = (world: World, list: readonly Step[]) => list.forEach(({ run: act }) => act(world));
const check = (property: (world: World) => void, after: AttemptOutcome = failure) =>
  fc.assert(
    fc.property(steps, (list) => {
      const world = new World();
      run(world, list);
      property(world);
      world.drain(after);
      property(world);
    }),
    { numRuns: RUNS },
  );

const attemptsOf = (world: World, deliveryId: string) =>
  world
    .of<DeliveryEvent>('delivery')
    .filter((e) => e.data.deliveryId === deliveryId && (e.type === 'AttemptFailed' || e.type === 'AttemptSucceeded'));

describe('whatever is attempted, disabled, enabled, released, repeated and interrupted, in any order', () => {
  it.each([
    ['fail', failure],
    ['succeed', success],
  ])('every delivery ends succeeded, exhausted or cancelled, or stays held, when the rest %s', (_, rest) => {
    fc.assert(
      fc.property(steps, (list) => {
        const world = new World();
        run(world, list);
        world.drain(rest);
        for (const status of world.statuses().values())
          expect(['succeeded', 'exhausted', 'cancelled', 'held']).toContain(status);
        const held = [...world.statuses().values()].includes('held');
        world.enable();
        world.catchUp();
        world.release();
        world.drain(success);
        // What was held is let go by a release, and by nothing less.
        if (held && !world.lane()?.removed) expect([...world.statuses().values()]).not.toContain('held');
      }),
      { numRuns: RUNS },
    );
  });

  it('attempts are numbered from 1 on, each recorded once', () => {
    check((world) => {
      for (const { deliveryId } of world.documents()) {
        const numbers = attemptsOf(world, deliveryId).map((e) => (e.data as { attempt: number }).attempt);
        expect(numbers).toEqual(numbers.map((_, i) => i + 1));
      }
    });
  });

  it('a round never has more attempts than the schedule', () => {
    check((world) => {
      for (const { deliveryId, kind } of world.documents()) {
        const rounds = attemptsOf(world, deliveryId).map((e) => (e.data as { round: number }).round);
        for (const round of new Set(rounds)) {
          expect(rounds.filter((r) => r === round).length).toBeLessThanOrEqual(kind === 'test' ? 1 : SCHEDULE.length);
        }
      }
    });
  });

  it('a new round begins only by a release or a redelivery', () => {
    check((world) => {
      const releases = world.of<WebhookEvent>('webhook').filter((e) => e.type === 'HeldReleased').length;
      for (const { deliveryId, state } of world.documents()) {
        const own = world
          .of<DeliveryEvent>('delivery')
          .filter((e) => e.type === 'RedeliveryRequested' && e.data.deliveryId === deliveryId);
        expect(state.round).toBeLessThanOrEqual(1 + own.length + releases);
      }
    });
  });

  it('a delivery that succeeded is not attempted again, unless someone asks', () => {
    check((world) => {
      for (const { deliveryId } of world.documents()) {
        let done = false;
        for (const event of world.of<DeliveryEvent>('delivery').filter((e) => e.data.deliveryId === deliveryId)) {
          if (event.type === 'RedeliveryRequested') done = false;
          else expect(done).toBe(false);
          if (event.type === 'AttemptSucceeded') done = true;
        }
      }
    });
  });

  it('a delivery whose receiver is gone waits for a release or a redelivery', () => {
    check((world) => {
      for (const { deliveryId } of world.documents()) {
        const attempts = attemptsOf(world, deliveryId).map((e) => e.data as { round: number; gone?: boolean });
        attempts.forEach(({ round, gone: isGone }, i) => {
          const next = attempts[i + 1];
          if (isGone && next) expect(next.round).toBeGreaterThan(round);
        });
      }
    });
  });

  it('a delivery is cancelled only by what came after its event', () => {
    check((world) => {
      const endings = world
        .of<WebhookEvent>('webhook')
        .filter((e) => e.type === 'HeldCancelled' || e.type === 'WebhookRemoved');
      for (const { deliveryId, eventPosition } of world.documents()) {
        if (world.statuses().get(deliveryId) !== 'cancelled') continue;
        expect(endings.some((ending) => ending.position > eventPosition)).toBe(true);
      }
    });
  });

  it('an exhaustion disables only if every attempt of its round began after the webhook was last enabled', () => {
    check((world) => {
      const webhook = world.of<WebhookEvent>('webhook');
      for (const disabled of webhook) {
        if (disabled.type !== 'WebhookDisabled' || disabled.data.by !== 'exhausted') continue;
        const enabledAt = Math.max(
          -1,
          ...webhook
            .filter((e) => e.type === 'WebhookEnabled' && e.position < disabled.position)
            .map((e) => e.position),
        );
        const cause = exhaustionOf(world, disabled.data.deliveryId, disabled.data.epoch - 1);
        expect(cause?.data.redelivery).toBe(false);
        const round = attemptsOf(world, cause?.data.deliveryId ?? '').filter(
          (e) => (e.data as { round: number }).round === cause?.data.round,
        );
        expect(round.length).toBe(SCHEDULE.length);
        for (const attempt of round) {
          const key = `${attempt.data.deliveryId}#${(attempt.data as { attempt: number }).attempt}`;
          expect(world.began.get(key) ?? -1).toBeGreaterThan(enabledAt);
        }
      }
    });
  });
});

describe('what is published to a webhook that its receiver has disabled', () => {
  it('is held, though what was held before was cancelled', () => {
    const world = new World();
    const publishAndFail = () => {
      world.publish();
      world.drain(gone);
    };
    publishAndFail();
    world.cancel();
    world.publish();
    world.catchUp();
    expect([...world.statuses().values()].filter((status) => status !== 'exhausted')).toEqual(['cancelled', 'held']);
  });
});

const exhaustionOf = (world: World, deliveryId: string | undefined, epoch: number) =>
  world
    .of<DeliveryEvent>('delivery')
    .find(
      (e): e is Recorded<DeliveryExhausted> =>
        e.type === 'DeliveryExhausted' && e.data.deliveryId === deliveryId && e.data.epoch === epoch,
    );
