import { randomBytes } from 'node:crypto';
import { readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { EmbeddedData, type TrialData } from '../chaos/trial-data.ts';
import { openEventStoreDb } from '../../libs/platform/event-store/eventstoredb/event-store-db.ts';
import { openSqliteReadModel } from '../../libs/platform/read-model/embedded/sqlite-read-model.ts';

/**
 * Streams of a prefix of their own in the event store of this URL, and embedded documents; without a URL both are embedded. One process
 * has it to itself: one that is started after a kill goes on at once, and has something in flight when the next kill comes.
 */
export async function dataOnEventStore(url: string): Promise<TrialData> {
  const files = await EmbeddedData.in();
  if (url === '') return files;
  const { folder } = files;
  const prefix = `kill${randomBytes(6).toString('hex')}.`;
  const documents = async () => (await readdir(folder)).filter((file) => file.startsWith('read-models'));
  return {
    folder,
    env: { EVENTSTORE_URL: url, STREAM_PREFIX: prefix, ENCRYPTION_KEY: randomBytes(32).toString('hex') },
    place: `${files.place} and the streams ${prefix}*`,
    readEvents: async (read) => {
      const store = await openEventStoreDb({ url, prefix });
      return read(store).finally(() => store.close());
    },
    readDocuments: async (read) => {
      const file = (await documents()).find((name) => name.endsWith('.db')) ?? '';
      const readModel = openSqliteReadModel(join(folder, file));
      return read(readModel).finally(() => readModel.close());
    },
    loseDocuments: async () => {
      for (const file of await documents()) await rename(join(folder, file), join(folder, `lost-${file}`));
    },
    remove: () => files.remove(),
  };
}
