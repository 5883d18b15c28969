import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { setTimeout as delay } from 'node:timers/promises';
import { ReadModelUnavailable, type ReadModel } from '../port.ts';
import { stored, tasks, type Tasks } from '../testing/fixtures.ts';
import { connectMongo, type MongoConnection } from './mongo-connection.ts';
import { openMongoReadModel } from './mongo-read-model.ts';
import { describeOnMongo } from './testing/mongo-database.ts';
import { TcpProxy } from './testing/tcp-proxy.ts';

describe('a URL', () => {
  it.each([
    'mongodb://user:secret@',
    'http://user:secret@x/',
    'mongodb://user:secret%zz@h/',
    'mongodb://user:secret@h:port/x',
    'mongodb://user:secret@h/?unknown=1',
    'mongodb://user:sec/ret@h/x',
    '',
  ])('is refused if it is none of MongoDB, and not repeated: %j', async (url) => {
    const failure: unknown = await connectMongo(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TypeError);
    expect(String(failure)).not.toMatch(/user|sec/);
  });

  it('of hosts that cannot be reached is answered with their names and the reason, without the credentials', async () => {
    const url = 'mongodb://user:secret@127.0.0.1:1,localhost:2/db?serverSelectionTimeoutMS=200';
    const failure: unknown = await connectMongo(url).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ReadModelUnavailable);
    expect(String(failure)).toMatch(/127\.0\.0\.1:1, localhost:2 cannot be reached: .*ECONNREFUSED/);
    expect(String(failure)).not.toMatch(/user|secret/);
  });
});

describeOnMongo('a connection to MongoDB', ({ url }) => {
  let proxy: TcpProxy;
  let connection: MongoConnection;
  let model: ReadModel;
  let all: Tasks;
  beforeEach(async () => {
    const way = new URL(url);
    proxy = await TcpProxy.to(way.hostname, Number(way.port || 27_017));
    way.host = `127.0.0.1:${proxy.port}`;
    way.pathname = '/carillon-connection';
    way.searchParams.set('directConnection', 'true');
    for (const patience of ['serverSelectionTimeoutMS', 'connectTimeoutMS']) way.searchParams.set(patience, '300');
    way.searchParams.set('heartbeatFrequencyMS', '500');
    connection = await connectMongo(way.href);
    model = openMongoReadModel(connection);
    all = await model.live(tasks());
    await all.commit([stored('a', 1)], 1);
  });
  afterEach(async () => {
    proxy.mend();
    await until(() => connection.failure === undefined);
    await connection.db.dropDatabase();
    await connection.close();
    await proxy.close();
  });

  const calls: readonly (readonly [string, () => Promise<unknown>])[] = [
    ['get', () => all.get('a')],
    ['find', () => all.find({})],
    ['count', () => all.count()],
    ['checkpoint', () => all.checkpoint()],
    ['commit', () => all.commit([stored('b', 2)], 2)],
    ['commit of a checkpoint', () => all.commit([], 2)],
    ['live', () => model.live(tasks())],
    ['rebuild', () => model.rebuild(tasks())],
  ];

  it.each(['cut', 'silence'] as const)(
    'says that it failed after a %s, as all calls do, and recovers by itself',
    async (how) => {
      expect(connection.failure).toBeUndefined();
      proxy[how]();
      const answers = await Promise.allSettled(calls.map(([, call]) => call()));
      for (const answer of answers) {
        expect(answer).toMatchObject({ reason: { name: 'ReadModelUnavailable', cause: expect.any(Error) } });
      }
      await until(() => connection.failure !== undefined);
      expect(connection.failure).toBeInstanceOf(ReadModelUnavailable);
      expect(connection.failure?.message).toContain(`127.0.0.1:${proxy.port} cannot be reached`);
      proxy.mend();
      await until(() => connection.failure === undefined);
      await all.commit([stored('c', 3)], 3);
      expect(await all.get('c')).toEqual(stored('c', 3));
      expect(await all.checkpoint()).toBe(3);
    },
  );
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await delay(10);
}
