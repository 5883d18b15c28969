import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { pino } from 'pino';
import { eventStoreDbSearch } from '../../event-store/testing/event-store-db-search.ts';
import { findEngine } from '../../testing/engine.ts';
import type { Consumption, MessageHandler, PlatformStreams } from '../port.ts';
import { openPlatformStreams } from './event-store-db-platform-streams.ts';
import { CuttableWay } from './testing/cuttable-way.ts';
import { Inbox } from './testing/inbox.ts';
import { PlatformWriter } from './testing/platform-writer.ts';

const engine = await findEngine(eventStoreDbSearch);
const logger = pino({ level: 'silent' });

const numbered = (count: number, from = 0) => Array.from({ length: count }, (_, n) => ({ data: { n: from + n } }));
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, n) => from + n);

(engine ? describe : describe.skip)('platform streams of an EventStoreDB', () => {
  let platform: PlatformWriter;
  let opened: PlatformStreams[];

  beforeEach(async () => {
    platform = new PlatformWriter(engine?.url ?? '');
    opened = [];
    // What has been there before the first consumer is not its business; this is the newest of it.
    await platform.append('elsewhere', {});
  });
  afterEach(async () => {
    await Promise.all(opened.map((streams) => streams.close()));
    await platform.close();
  });

  afterAll(() => engine?.stop());

  const open = (names: readonly string[] = ['orders'], at = platform.url): PlatformStreams => {
    const prefixes = names.map((name) => platform.stream(name));
    const streams = openPlatformStreams({ url: at, prefixes, ownPrefix: platform.installationPrefix, logger });
    opened.push(streams);
    return streams;
  };
  /** Consuming, and the group is there. */
  const consuming = async (handle: MessageHandler, streams = open()): Promise<Consumption> => {
    const consumption = streams.consume(handle);
    while ((await platform.groups()).length === 0);
    return consumption;
  };

  describe('a message', () => {
    it('comes with all that it has', async () => {
      const inbox = new Inbox();
      await consuming(inbox.take);
      const before = Date.now();
      const id = randomUUID();
      await platform.append(
        'orders-1',
        {},
        { id, type: 'order-paid', data: { a: [1] }, metadata: { workspaceId: 'w' } },
      );
      const [, message] = await inbox.has(2);
      expect(message).toEqual({
        ...{ id, stream: platform.stream('orders-1'), revision: 1, type: 'order-paid' },
        ...{ data: { a: [1] }, metadata: { workspaceId: 'w' }, createdAt: expect.any(Number) },
      });
      expect(Math.abs((message?.createdAt ?? 0) - before)).toBeLessThan(60_000);
    });

    it('comes from streams of the configured prefixes only, and never if its type is one of the system', async () => {
      const inbox = new Inbox();
      await consuming(inbox.take, open(['orders', 'users']));
      await platform.append('others-1', ...numbered(1));
      await platform.append('orders-1', { type: '$system', data: { n: -1 } }, ...numbered(1));
      await platform.append('users-1', ...numbered(1));
      await inbox.has(2);
      expect(inbox.messages.map(({ stream }) => stream)).toEqual([
        platform.stream('orders-1'),
        platform.stream('users-1'),
      ]);
    });

    it.each([
      ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
      ['a list', [1]],
      ['text', 'text'],
      ['null', null],
    ])('that is %s has no data, and holds up nothing', async (_, data) => {
      const inbox = new Inbox();
      await consuming(inbox.take);
      await platform.append('orders-1', { data }, ...numbered(1));
      await inbox.has(2);
      expect(inbox.messages.map((message) => message.data)).toEqual([undefined, { n: 0 }]);
    });

    it('that is rejected comes again', async () => {
      const inbox = new Inbox();
      await consuming(async (message) => {
        await inbox.take(message);
        if (inbox.messages.length === 1) throw new Error('not now');
      });
      await platform.append('orders-1', ...numbered(1));
      await inbox.has(2);
      expect(inbox.numbersIn(platform.stream('orders-1'))).toEqual([0, 0]);
    });

    it('can be read by its place', async () => {
      const streams = open();
      await platform.append('orders-1', ...numbered(3));
      const stream = platform.stream('orders-1');
      expect(await streams.read(stream, 1)).toMatchObject({ stream, revision: 1, data: { n: 1 } });
      expect(await streams.read(stream, 3)).toBeUndefined();
      expect(await streams.read(platform.stream('orders-2'), 0)).toBeUndefined();
      await platform.remove('orders-1');
      expect(await streams.read(stream, 1)).toBeUndefined();
    });
  });

  describe('the first consumer', () => {
    it('begins with the newest message there is', async () => {
      await platform.append('orders-1', ...numbered(3));
      const inbox = new Inbox();
      await consuming(inbox.take);
      await platform.append('orders-1', ...numbered(1, 3));
      while (inbox.messages.at(-1)?.revision !== 3) await inbox.has(inbox.messages.length + 1);
      expect([[2, 3], [3]]).toContainEqual(inbox.numbersIn(platform.stream('orders-1')));
    });
  });

  describe('messages of one stream', () => {
    it('come in their order, as many as there are', async () => {
      const inbox = new Inbox();
      await consuming(inbox.take);
      for (let n = 0; n < 10; n++)
        await Promise.all(['orders-1', 'orders-2'].map((name) => platform.append(name, ...numbered(100, n * 100))));
      await inbox.has(2_000);
      for (const name of ['orders-1', 'orders-2'])
        expect(inbox.numbersIn(platform.stream(name))).toEqual(numbers(1_000));
    });

    it('go to one of several consumers, all of them', async () => {
      const [one, other, all] = [new Inbox(), new Inbox(), new Inbox()];
      for (const inbox of [one, other])
        await consuming(async (message) => {
          await inbox.take(message);
          await all.take(message);
        });
      while ((await platform.groups())[0]?.consumers !== 2);
      const names = numbers(50).map((n) => `orders-${n}`);
      await Promise.all(names.map((name) => platform.append(name, ...numbered(10))));
      await all.has(500);
      const [its, others] = [one, other].map(({ messages }) => new Set(messages.map(({ stream }) => stream)));
      expect([its?.size, others?.size].every((size) => size !== 0)).toBe(true);
      expect((its?.size ?? 0) + (others?.size ?? 0)).toBe(50);
      for (const name of names) expect(all.numbersIn(platform.stream(name))).toEqual(numbers(10));
    });
  });

  describe('a consumer that is stopped', () => {
    it('leaves what it had in hand to another one, and what was appended meanwhile', async () => {
      const [stuck, inbox] = [new Inbox(), new Inbox()];
      const first = await consuming(async (message) => {
        await stuck.take(message);
        if (message.revision > 0) await new Promise(() => undefined);
      });
      await platform.append('orders-1', ...numbered(3));
      await stuck.has(3);
      while ((await platform.groups())[0]?.unacknowledged !== 2);
      await first.stop();
      await platform.append('orders-1', ...numbered(1, 3));
      await consuming(inbox.take);
      await inbox.has(3);
      expect(inbox.numbersIn(platform.stream('orders-1'))).toEqual([1, 2, 3]);
    });
  });

  describe('other prefixes', () => {
    it('go on where those before had got to, and leave no group behind', async () => {
      const [before, after] = [new Inbox(), new Inbox()];
      const first = await consuming(before.take);
      await platform.append('orders-1', ...numbered(2));
      await before.has(2);
      await first.stop();
      await platform.append('orders-1', ...numbered(2, 2));
      await platform.append('users-1', ...numbered(1));
      await consuming(after.take, open(['users', 'orders']));
      await platform.append('users-1', ...numbered(1, 1));
      while (after.messages.at(-1)?.stream !== platform.stream('users-1') || after.messages.at(-1)?.revision !== 1)
        await after.has(after.messages.length + 1);
      expect(after.numbersIn(platform.stream('orders-1')).slice(-2)).toEqual([2, 3]);
      expect(after.numbersIn(platform.stream('users-1'))).toEqual([0, 1]);
      expect(await platform.groups()).toHaveLength(1);
    });
  });

  describe('streams that copy from each other, UUIDs included', () => {
    it('come whole, however much they have', async () => {
      const inbox = new Inbox();
      let letGo: (() => void)[] = [];
      await consuming(async (message) => {
        await inbox.take(message);
        await new Promise<void>((resolve) => letGo.push(resolve));
      });
      for (let round = 0; round < 16; round++) {
        const events = numbered(50, round * 50).map((event) => ({ ...event, id: randomUUID() }));
        await Promise.all(['orders-1', 'orders-2'].map((name) => platform.append(name, ...events)));
        await inbox.has((round + 1) * 100);
        letGo.forEach((resolve) => resolve());
        letGo = [];
        while (((await platform.groups())[0]?.room ?? 0) < 100);
      }
      for (const name of ['orders-1', 'orders-2']) expect(inbox.numbersIn(platform.stream(name))).toEqual(numbers(800));
    });
  });

  describe('while the server is out of reach', () => {
    it('it says which engine is missing; then messages come again, those in hand included', async () => {
      const way = await CuttableWay.to(platform.url);
      const streams = open(['orders'], way.url);
      const inbox = new Inbox();
      let letGo: () => void = () => undefined;
      const held = new Promise<void>((resolve) => (letGo = resolve));
      await consuming(async (message) => {
        await inbox.take(message);
        if (message.revision === 0) await held;
      }, streams);
      await platform.append('orders-1', ...numbered(1));
      await inbox.has(1);
      expect(streams.failure).toBeUndefined();
      await way.cut();
      await platform.append('orders-1', ...numbered(1, 1));
      while (!streams.failure) await new Promise(setImmediate);
      expect(streams.failure.message).toContain('EventStoreDB');
      await expect(streams.read(platform.stream('orders-1'), 0)).rejects.toMatchObject({ kind: 'unavailable' });
      await way.mend();
      await inbox.has(2);
      expect(streams.failure).toBeUndefined();
      letGo();
      while ((await platform.groups())[0]?.unacknowledged !== 0);
      expect(inbox.numbersIn(platform.stream('orders-1'))).toEqual([0, 1]);
      await streams.close();
      await way.cut();
    });
  });
});
