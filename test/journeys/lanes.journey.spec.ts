import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { events, idsOf, publish } from '../support/api.ts';
import type { Installation } from '../support/installation.ts';
import { turns } from '../support/turns.ts';
import { HeldInstallation, headers, MINUTE } from './held-installation.ts';
import type { HeldOutbound } from './held-outbound.ts';

let held: HeldInstallation;
let installation: Installation;
let outbound: HeldOutbound;
beforeEach(async () => {
  held = await HeldInstallation.start({ RETRY_SCHEDULE: '0,60,300,1800' });
  ({ installation, outbound } = held);
});
afterEach(() => held.dispose());

describe('a concurrency that is changed', () => {
  it('counts at once: what is in flight above it ends, and nothing takes its place; below it, more begin', async () => {
    const id = await held.webhook({ concurrency: 8 });
    await publish(installation.api, ...events(60));
    await outbound.begins(4);
    await held.answer(4);
    expect(outbound.inFlight.size).toBe(8);
    await held.change(id, { concurrency: 2 });
    const begun = outbound.begun.length;
    await held.answer(6);
    expect([outbound.inFlight.size, outbound.begun.length]).toEqual([2, begun]);
    await held.answer(1);
    expect([outbound.inFlight.size, outbound.begun.length]).toEqual([2, begun + 1]);
    await held.change(id, { concurrency: 5 });
    await held.answer(3);
    expect(outbound.inFlight.size).toBe(5);
  });
});

describe('a rate', () => {
  it('lets alerts begin exactly when they are due, and nothing wakes in between', async () => {
    const { clock } = installation;
    outbound.letGo();
    await held.webhook({ ratePerSecond: 2, burst: 1 });
    await publish(installation.api, ...events(5));
    await installation.settled();
    const start = clock.now();
    const seen = [outbound.begun.length];
    const woken: number[] = [];
    while (outbound.begun.length < 5) {
      const next = clock.nextTimer() ?? NaN;
      woken.push(next - start);
      clock.advanceTo(next - 1);
      await installation.settled();
      expect(outbound.begun).toHaveLength(seen.at(-1) ?? 0);
      clock.advanceTo(next);
      await installation.settled();
      seen.push(outbound.begun.length);
    }
    expect([seen, woken]).toEqual([
      [1, 2, 3, 4, 5],
      [500, 1_000, 1_500, 2_000],
    ]);
    expect(clock.nextTimer()).toBeUndefined();
  });

  it('that is taken away lets the rest go at once', async () => {
    outbound.letGo();
    const id = await held.webhook({ ratePerSecond: 0.1, burst: 1 });
    await publish(installation.api, ...events(30));
    await installation.settled();
    expect(outbound.begun).toHaveLength(1);
    await held.change(id, { ratePerSecond: null });
    await installation.settled();
    expect(outbound.begun).toHaveLength(30);
  });
});

describe('a lane that is full of retries', () => {
  it('gives them half of itself and what is asked for a quarter, and first attempts flow', async () => {
    const id = await held.webhook();
    await held.warmUp(40);
    installation.clock.advance(1_000);
    const until = new Date(installation.clock.now()).toISOString();
    outbound.letGo(500);
    const failing = events(1_000);
    await publish(installation.api, ...failing);
    await installation.settled();
    outbound.holds = true;
    outbound.statusCode = 200;
    const isRetry = new Set(idsOf(failing));
    outbound.forget();
    installation.clock.advance(2 * MINUTE);
    await installation.quiet();
    // None of those that are tried again by themselves.
    const again = { what: 'all', until, ratePerSecond: 1_000 };
    const asked = await installation.api.post(`/settings/webhooks/${id}/redeliver`, again, { headers });
    expect(asked.status).toBe(202);
    const fresh = events(300);
    const isFresh = new Set(idsOf(fresh));
    await publish(installation.api, ...fresh);
    const most = { retries: 0, asked: 0, all: 0 };
    while (![...isFresh].every((each) => outbound.begun.includes(each))) {
      const flying = [...outbound.inFlight].map((each) => each.id);
      const retries = flying.filter((each) => isRetry.has(each)).length;
      const first = flying.filter((each) => isFresh.has(each)).length;
      most.retries = Math.max(most.retries, retries);
      most.asked = Math.max(most.asked, flying.length - retries - first);
      most.all = Math.max(most.all, flying.length);
      [...outbound.inFlight][0]?.answer();
      await turn();
    }
    expect(most).toEqual({ retries: 8, asked: 4, all: 16 });
    // With the last first attempt at most as many retries, and half as many of the others, were begun.
    expect(outbound.begun.filter((each) => isRetry.has(each)).length).toBeLessThan(500);
    outbound.letGo();
    await installation.pass(MINUTE);
    expect(await held.statuses(id)).toEqual({ succeeded: 200 });
  });
});

describe('a schedule of its own', () => {
  it('is used instead of that of the installation', async () => {
    const { clock } = installation;
    const id = await held.webhook({ schedule: [0, 5], onExhausted: 'continue' });
    outbound.letGo(500);
    await publish(installation.api, ...events(1));
    await installation.settled();
    const wait = (clock.nextTimer() ?? 0) - clock.now();
    expect(wait).toBeGreaterThanOrEqual(5_000);
    expect(wait).toBeLessThanOrEqual(5_500);
    await installation.pass(6_000);
    expect([outbound.begun.length, await held.statuses(id)]).toEqual([2, { exhausted: 1 }]);
  });

  it('that makes a second attempt at once is kept to, even if documents are stored slowly', async () => {
    const id = await held.webhook({ schedule: [0, 0, 1], onExhausted: 'continue' });
    const { documents } = await installation.server.projections.runner(deliveries);
    const commit = documents.commit.bind(documents);
    outbound.letGo(500);
    for (let times = 1; times <= 3; times++) {
      let go: () => void = () => undefined;
      const slow = new Promise<void>((resolve) => (go = resolve));
      documents.commit = (...given) => slow.then(() => commit(...given));
      await publish(installation.api, ...events(3));
      await outbound.begins(9 * times - 6);
      await turns();
      go();
      await installation.settled();
      await installation.pass(1);
      expect(outbound.begun).toHaveLength(9 * times - 3);
      await installation.pass(2_000);
      expect([outbound.begun.length, await held.statuses(id)]).toEqual([9 * times, { exhausted: 3 * times }]);
    }
  });
});

describe('an exhausted delivery', () => {
  it('leaves a webhook that is to continue enabled, and the others go on', async () => {
    const id = await held.webhook({ schedule: [0], onExhausted: 'continue' });
    const [bad, ...good] = events(21);
    outbound.answerOf = (attempt) => (attempt.id === bad?.id ? 500 : 200);
    await publish(installation.api, bad ?? {}, ...good);
    await installation.settled();
    const { data } = await installation.api.get(`/settings/webhooks/${id}`, { headers });
    expect([data.status, await held.statuses(id)]).toEqual(['enabled', { exhausted: 1, succeeded: 20 }]);
  });
});
