import { DatabaseSync } from 'node:sqlite';
import { nowMicros } from '../open-loop.ts';

/** Seconds to read every row of the event store's file, once. */
export function plainScan(file: string): number {
  const database = new DatabaseSync(file, { readOnly: true });
  const startedAt = nowMicros();
  const rows = database.prepare('SELECT * FROM events ORDER BY position').iterate();
  let bytes = 0;
  for (const row of rows) bytes += String(row['data']).length;
  const seconds = (nowMicros() - startedAt) / 1_000_000;
  database.close();
  if (bytes === 0) throw new Error(`${file} holds no events.`);
  return seconds;
}
