import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { START, type Position } from '../../kernel/event.ts';

const BUSY_TIMEOUT = 5_000;

/** Makes the file if there is none, and opens it to be read. */
export function openDatabase(file: string): DatabaseSync {
  mkdirSync(dirname(file), { recursive: true });
  return open(
    file,
    `PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    CREATE TABLE IF NOT EXISTS events (
      position INTEGER PRIMARY KEY AUTOINCREMENT,
      stream   TEXT NOT NULL,
      revision INTEGER NOT NULL,
      category TEXT NOT NULL,
      type     TEXT NOT NULL,
      id       TEXT NOT NULL,
      data     TEXT NOT NULL,
      metadata TEXT NOT NULL,
      UNIQUE (stream, revision)
    );
    PRAGMA query_only = ON`,
  );
}

/** Opens a file that is there, to write. One that has gone is not made anew: its positions would begin again. */
export function connect(file: string): DatabaseSync {
  const existing = pathToFileURL(file);
  existing.searchParams.set('mode', 'rw');
  // FULL: a commit is on the disk, not only with the operating system, before anyone is told.
  return open(existing, 'PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000');
}

function open(path: string | URL, setUp: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT });
  try {
    database.exec(setUp);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Of the newest event there ever was: what is deleted does not give its position to another. */
export function lastPosition(database: DatabaseSync): Position {
  const row = database.prepare("SELECT seq AS position FROM sqlite_sequence WHERE name = 'events'").get();
  return row === undefined ? START : Number(row.position);
}
