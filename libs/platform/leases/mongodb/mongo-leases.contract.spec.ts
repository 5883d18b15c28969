import { expect, it } from '@jest/globals';
import { connectToFresh, describeOnMongo } from '../../read-model/mongodb/testing/mongo-database.ts';
import { TcpProxy } from '../../read-model/mongodb/testing/tcp-proxy.ts';
import { describeLeases } from '../contract.ts';
import { MongoLeases } from './mongo-leases.ts';

const LONG_MS = 60_000;

async function connect(url: string) {
  const connection = await connectToFresh(url);
  const dispose = async () => {
    await connection.db.dropDatabase();
    await connection.close();
  };
  return { db: connection.db, leases: new MongoLeases(connection.db), dispose };
}

describeOnMongo('on a server', ({ url }) => {
  describeLeases('leases in MongoDB', () => connect(url));

  it('leases run out by the clock of the server, whatever that of a process says', async () => {
    const { leases, dispose } = await connect(url);
    const now = Date.now;
    try {
      await leases.take('A', ['x'], LONG_MS);
      Date.now = () => now() + 3_600_000;
      expect(await leases.take('B', ['x', 'y'], LONG_MS)).toEqual(['y']);
      expect(await leases.renew('A', ['x'], LONG_MS)).toEqual(['x']);
      Date.now = () => now() - 3_600_000;
      expect(await leases.take('A', ['y', 'z'], LONG_MS)).toEqual(['z']);
      expect(await leases.held('')).toHaveLength(3);
    } finally {
      Date.now = now;
      await dispose();
    }
  });

  it('leases are forgotten by the server long after they ran out', async () => {
    const { db, leases, dispose } = await connect(url);
    await leases.take('A', ['x'], LONG_MS);
    expect(await db.collection('leases').indexes()).toContainEqual(
      expect.objectContaining({ key: { renewedAt: 1 }, expireAfterSeconds: 86_400 }),
    );
    await dispose();
  });

  it('calls that are not answered reject soon, and succeed when the way is free again', async () => {
    const { hostname, port, search } = new URL(url);
    const proxy = await TcpProxy.to(hostname, Number(port));
    const { db, leases, dispose } = await connect(`mongodb://127.0.0.1:${proxy.port}/${search}`);
    await leases.take('A', ['x'], LONG_MS);
    const hasty = new MongoLeases(db, 50);
    proxy.silence();
    const calls = [
      hasty.take('A', ['y'], LONG_MS),
      hasty.renew('A', ['x'], LONG_MS),
      hasty.held(''),
      hasty.release('A', ['z']),
    ];
    for (const { status } of await Promise.allSettled(calls)) expect(status).toBe('rejected');
    proxy.mend();
    expect(await leases.renew('A', ['x'], LONG_MS)).toEqual(['x']);
    await dispose();
    await proxy.close();
  });
});
