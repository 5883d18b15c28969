import { Connection } from '../../event-store/eventstoredb/connection.ts';

/**
 * A connection is used for one thing and given up: the client keeps what failed once, such as its question for the server's abilities,
 * and would fail for ever.
 */
export async function connected<T>(url: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = Connection.to(url);
  try {
    return await use(connection);
  } finally {
    await connection.end();
  }
}
