import { describeReadModel } from '../contract.ts';
import { openMongoReadModel } from './mongo-read-model.ts';
import { connectToFresh, describeOnMongo } from './testing/mongo-database.ts';

describeOnMongo('on a server of MongoDB', ({ url }) => {
  describeReadModel('the MongoDB read model', async () => {
    const connection = await connectToFresh(url);
    const open = async () => openMongoReadModel(connection);
    const dispose = async () => {
      await connection.db.dropDatabase();
      await connection.close();
    };
    return { make: open, reopen: open, dispose };
  });
});
