import { connectMongo } from '../../../libs/platform/read-model/mongodb/mongo-connection.ts';
import { MigrationRefused } from './refused.ts';

/**
 * Projections of another history have checkpoints that say nothing about this one, and would be gone on with.
 * @throws {MigrationRefused} unless the database has no collections.
 * @throws {ReadModelUnavailable} when the server cannot be reached.
 */
export async function checkEmpty(mongoUrl: string): Promise<void> {
  const connection = await connectMongo(mongoUrl);
  try {
    const { db } = connection;
    const collections = await db.listCollections({}, { nameOnly: true }).toArray();
    if (collections.length === 0) return;
    throw new MigrationRefused(
      `The database ${db.databaseName} of MONGODB_URL is not empty (${collections.map(({ name }) => name).join(', ')}): ` +
        'projections of another history would be taken for those of this one. Name another database, or drop this one.',
    );
  } finally {
    await connection.close();
  }
}
