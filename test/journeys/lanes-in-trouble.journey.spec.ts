import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { deliveries } from '../../libs/modules/delivery/delivery/deliveries.projection.ts';
import { createWebhook, event, events, publish, registerWorkspace } from '../support/api.ts';
import type { Installation } from '../support/installation.ts';
import { HeldInstallation, headers, MINUTE, OTHER, URL } from './held-installation.ts';
import { answered, timedOut, type HeldOutbound } from './held-outbound.ts';

let held: HeldInstallation;
let installation: Installation;
let outbound: HeldOutbound;
beforeEach(async () => {
  held = await HeldInstallation.start({ RETRY_SCHEDULE: '0,60,300,1800' });
  ({ installation, outbound } = held);
});
afterEach(() => held.dispose());

describe('a receiver that answers 429 with Retry-After', () => {
  const tooMany = ({ url }: { url: string }) => (url === URL ? answered(429, '120') : 200);
  beforeEach(async () => {
    await held.webhook();
    await held.webhook({}, OTHER);
    outbound.answerOf = tooMany;
  });

  it('gets nothing for that long, and others are not slowed', async () => {
    outbound.answerOf = ({ url }) => (url === URL ? undefined : 200);
    await publish(installation.api, ...events(4));
    await outbound.until(() => outbound.begunAt(URL).length === 4);
    outbound.answerOf = tooMany;
    for (const each of outbound.inFlightAt(URL)) each.answer(tooMany(each));
    await installation.settled();
    expect([outbound.begunAt(URL).length, outbound.begunAt(OTHER).length]).toEqual([4, 4]);
    await publish(installation.api, ...events(10));
    await installation.settled();
    expect([outbound.begunAt(URL).length, outbound.begunAt(OTHER).length]).toEqual([4, 14]);
    await installation.pass(119_999);
    expect(outbound.begunAt(URL)).toHaveLength(4);
    outbound.answerOf = () => 200;
    await installation.pass(1);
    expect(outbound.begunAt(URL).length).toBeGreaterThan(4);
    await installation.pass(MINUTE);
    expect(new Set(outbound.begunAt(URL)).size).toBe(14);
  });

  it('is not held against the one that takes its place', async () => {
    await publish(installation.api, ...events(1));
    await installation.settled();
    const next = 'http://127.0.0.1:11/next';
    const { data } = await installation.api.get('/settings/webhooks', { headers });
    const { id } = (data.items as { id: string; url: string }[]).find(({ url }) => url === URL) ?? { id: '' };
    await held.change(id, {}, next);
    await publish(installation.api, ...events(3));
    await installation.settled();
    expect(outbound.begunAt(next)).toHaveLength(3);
  });
});

describe('a receiver that lets attempts time out', () => {
  it('gets one at a time, until one succeeds', async () => {
    await held.webhook();
    await held.warmUp(12);
    await publish(installation.api, ...events(60));
    await outbound.begins(12 + 16);
    await held.answer(16, timedOut);
    expect(outbound.inFlight.size).toBe(1);
    await held.answer(3, timedOut);
    expect(outbound.inFlight.size).toBe(1);
    await held.answer(1);
    expect(outbound.inFlight.size).toBe(2);
  });
});

describe('origins that hang', () => {
  it('have less of what is left the fuller it is, and all get their turn when they answer', async () => {
    const origins = [
      { port: 20, webhooks: 80, has: 256 },
      { port: 21, webhooks: 80, has: 512 },
      { port: 22, webhooks: 16, has: 576 },
    ];
    for (const { port, webhooks, has } of origins) {
      const workspace = await registerWorkspace(installation.api, `at-${port}`);
      for (let n = 0; n < webhooks; n++)
        await createWebhook(installation.api, workspace, `http://127.0.0.1:${port}/${n}`);
      await publish(installation.api, ...Array.from({ length: 5 }, () => event(workspace)));
      await outbound.begins(has);
    }
    await registerWorkspace(installation.api, 'elsewhere');
    await createWebhook(installation.api, 'elsewhere', OTHER);
    await installation.quiet();
    const flying = () => [20, 21, 22].map((port) => outbound.inFlightAt(`http://127.0.0.1:${port}/`).length);
    expect(flying()).toEqual([256, 256, 64]);
    // It has more than its share by now: what ends makes room for others.
    for (const each of outbound.inFlightAt('http://127.0.0.1:20/').slice(0, 60)) each.answer();
    await installation.quiet();
    expect(flying()).toEqual([196, 256, 64]);
    const others = Array.from({ length: 4 }, () => event('elsewhere'));
    await publish(installation.api, ...others);
    await outbound.until(() => outbound.begunAt(OTHER).length === 4);
    outbound.letGo();
    await installation.settled();
    expect(outbound.begun).toHaveLength(5 * 176 + 4);
  });
});

describe('a failed attempt that is stored while due deliveries are read', () => {
  it('is attempted again when it is due, though nothing else happens', async () => {
    const id = await held.webhook({ concurrency: 4 });
    const { documents } = await installation.server.projections.runner(deliveries);
    const find = documents.find.bind(documents);
    let go: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (go = resolve));
    const [only] = events(1);
    await publish(installation.api, only ?? {});
    await outbound.begins(1);
    let reading = false;
    documents.find = async (query) => {
      const page = await find(query);
      reading = true;
      await slow;
      return page;
    };
    await held.change(id, { concurrency: 5 });
    while (!reading) await turn();
    outbound.letGo(500);
    await installation.quiet();
    documents.find = find;
    go();
    await installation.pass(70_000);
    expect(outbound.begun).toEqual([only?.id, only?.id]);
  });
});
