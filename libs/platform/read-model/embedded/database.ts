import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/** Raised when tables are laid out otherwise; a file of another layout is made anew. */
const LAYOUT = 1;
const CORRUPT = 11;
const NOT_A_DATABASE = 26;

/**
 * Opens or makes the file. Everything in it can be folded from events again, so a damaged one is deleted rather than repaired;
 * `recreated` says that this happened.
 */
export function openDatabase(file: string): { readonly db: DatabaseSync; readonly recreated: boolean } {
  const db = tryOpen(file);
  if (db) return { db, recreated: false };
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  const fresh = tryOpen(file);
  if (!fresh) throw new Error(`${file} cannot be made into a database`);
  return { db: fresh, recreated: true };
}

/** A connection to a file that is there and sound. */
export function connect(file: string): DatabaseSync {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  try {
    setUp(db);
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function setUp(db: DatabaseSync): void {
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32000');
  // Most pages that a commit changes are changed again soon; each is copied into the database once a checkpoint.
  db.exec('PRAGMA wal_autocheckpoint = 4000');
}

function tryOpen(file: string): DatabaseSync | undefined {
  const db = new DatabaseSync(file, { timeout: 5_000 });
  try {
    setUp(db);
    const tables = db.prepare('SELECT count(*) AS count FROM sqlite_schema').get()?.count;
    if (tables === 0) lay(db);
    if (db.prepare('PRAGMA user_version').get()?.user_version === LAYOUT) return db;
  } catch (error) {
    if (!isDamage(error)) {
      db.close();
      throw error;
    }
  }
  db.close();
  return undefined;
}

function lay(db: DatabaseSync): void {
  // AUTOINCREMENT: a generation is never used twice, so a holder of a dropped set cannot write into a later one.
  db.exec(`
    BEGIN;
    CREATE TABLE collections (
      generation INTEGER PRIMARY KEY AUTOINCREMENT,
      name TEXT NOT NULL,
      version INTEGER NOT NULL,
      checkpoint INTEGER NOT NULL,
      live INTEGER NOT NULL
    );
    CREATE UNIQUE INDEX collections_name ON collections (name, live);
    PRAGMA user_version = ${LAYOUT};
    COMMIT`);
}

function isDamage(error: unknown): boolean {
  const code = (error as { errcode?: unknown }).errcode;
  return code === CORRUPT || code === NOT_A_DATABASE;
}
