import { MongoClient } from 'mongodb';
import type { EngineSearch } from '../../../testing/engine.ts';

const SET = 'rs0';
const IMAGE_PORT = 27_017;

/** A replica set of one member, because only a replica set has majorities and retries writes. It is told so once it answers. */
export const mongoSearch: EngineSearch = {
  name: 'MongoDB',
  variable: 'MONGODB_URL',
  binaries: ['mongod'],
  command: ({ port, folder }) => ({
    arguments: [
      ...['--port', `${port}`, '--bind_ip', '127.0.0.1', '--unixSocketPrefix', folder],
      ...['--dbpath', folder, '--replSet', SET, '--wiredTigerCacheSizeGB', '0.25'],
    ],
  }),
  // The member's own name for itself may lead nowhere from here.
  url: (host, port) => `mongodb://${host}:${port}/?directConnection=true`,
  isReady: async (url) => {
    const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000, connectTimeoutMS: 1_000 });
    try {
      const hello = await client.db('admin').command({ hello: 1 });
      if (!hello.isWritablePrimary && hello.setName === undefined) await initiate(client, Number(new URL(url).port));
      return hello.isWritablePrimary === true;
    } finally {
      await client.close();
    }
  },
  image: { name: 'mongo:8.0.26', port: IMAGE_PORT, command: ['--replSet', SET, '--bind_ip_all'] },
};

/** By the port that the member has for itself, which is not ours if it is in a container. */
async function initiate(client: MongoClient, port: number): Promise<void> {
  const ports = [port, IMAGE_PORT].map((own) => ({ _id: SET, members: [{ _id: 0, host: `127.0.0.1:${own}` }] }));
  for (const config of ports) {
    const done = await client
      .db('admin')
      .command({ replSetInitiate: config })
      .then(
        () => true,
        () => false,
      );
    if (done) return;
  }
}
