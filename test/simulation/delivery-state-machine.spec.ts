import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { DeliveryDocument } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import type { DeliveryEvent, DeliveryExhausted } from '../../libs/modules/delivery/contract.ts';
import type { WebhookEvent } from '../../libs/modules/webhook-configuration/contract.ts';
import type { Recorded } from '../../libs/platform/kernel/index.ts';
import { check, kinds, run, RUNS } from './check.ts';
import { SCHEDULE } from './ending.ts';
import { failure, gone, jobSteps, steps, success } from './steps.ts';
import { World } from './world.ts';

const isUndelivered = ({ kind, outcome }: DeliveryDocument) =>
  kind === 'event' && ['exhausted', 'unrendered', 'skipped'].includes(outcome);
const attemptsOf = (world: World, deliveryId: string) =>
  world
    .of<DeliveryEvent>('delivery')
    .filter((e) => e.data.deliveryId === deliveryId && (e.type === 'AttemptFailed' || e.type === 'AttemptSucceeded'));

describe('whatever is attempted, disabled, enabled, released, repeated and interrupted, in any order', () => {
  it.each([
    ['fail', failure],
    ['succeed', success],
    ['cannot be rendered', 'unrendered'],
  ] as const)(
    'every delivery ends succeeded, exhausted, unrendered or cancelled, or stays held or skipped, when the rest %s',
    (_, rest) => {
      fc.assert(
        fc.property(steps, kinds, (list, kind) => {
          const world = new World(kind);
          run(world, list);
          world.drain(rest);
          for (const status of world.statuses().values())
            expect(['succeeded', 'exhausted', 'unrendered', 'skipped', 'cancelled', 'held']).toContain(status);
          const held = [...world.statuses().values()].includes('held');
          expect(world.runningJobs()).toEqual([]);
          world.enable(kind.strictOrder ? 'release' : undefined);
          world.catchUp();
          if (!kind.strictOrder) world.startJob('held');
          world.drain(success);
          // What was held is let go by a release, and by nothing less.
          if (held && !world.lane()?.removed) expect([...world.statuses().values()]).not.toContain('held');
          world.startJob('not-delivered');
          world.drain(success);
          if (world.lane()?.enabled) expect(world.documents().filter(isUndelivered)).toEqual([]);
        }),
        { numRuns: RUNS },
      );
    },
  );

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
      const releases = world
        .of<WebhookEvent>('webhook')
        .filter((e) => e.type === 'WebhookEnabled' && e.data.held === 'release').length;
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

  it('a job asks for a delivery once, and for a success only if it is to', () => {
    check((world) => {
      const jobs = new Map(world.jobs().map((job) => [job.redeliveryId, job.what]));
      for (const { deliveryId } of world.documents()) {
        let succeeded = false;
        const asked = new Set<string>();
        for (const event of world.of<DeliveryEvent>('delivery').filter((e) => e.data.deliveryId === deliveryId)) {
          if (event.type === 'AttemptSucceeded') succeeded = true;
          if (event.type !== 'RedeliveryRequested') continue;
          const { traceId } = event.metadata;
          const what = jobs.get(traceId);
          if (what && succeeded) expect(what).toBe('all');
          expect([...asked]).not.toContain(traceId);
          if (what) asked.add(traceId);
          succeeded = false;
        }
      }
    }, jobSteps);
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

describe('whatever is changed of a webhook', () => {
  it('it stays in the dialect it was made in, and whose secret signs stays so with it', () => {
    fc.assert(
      fc.property(steps, kinds, (list, kind) => {
        const world = new World(kind);
        expect(world.documents().map(({ deliveryId }) => deliveryId)).toEqual(
          kind.dialect === 'location' ? [] : ['test'],
        );
        run(world, list);
        world.catchUp();
        expect(world.lane()).toMatchObject({
          dialect: kind.dialect,
          secret: kind.dialect === 'location' ? null : 's',
        });
      }),
    );
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
