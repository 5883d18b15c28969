import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Instant } from '../kernel/index.ts';
import { ManualClock } from './manual-clock.ts';

/**
 * A manual clock whose time is kept in a file, so that no process that comes later is before this one. A first one begins at the
 * machine's time.
 * @throws {Error} for a file that cannot be read or written, or says no time.
 */
export function openKeptClock(file: string): ManualClock {
  const kept = read(file);
  const clock = new KeptClock(kept ?? Date.now(), file);
  if (kept === undefined) write(file, clock.now());
  return clock;
}

class KeptClock extends ManualClock {
  constructor(
    now: Instant,
    private readonly file: string,
  ) {
    super(now);
  }

  override advanceTo(now: Instant): void {
    // Kept before anything can have happened at this time.
    if (now > this.now()) write(this.file, now);
    super.advanceTo(now);
  }
}

function read(file: string): Instant | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  const instant = Date.parse(text);
  if (Number.isNaN(instant)) throw new Error(`${file} says no time; it should be like 2026-11-02T09:00:00.000Z.`);
  return instant;
}

/** Whole or not at all. */
function write(file: string, now: Instant): void {
  writeFileSync(`${file}.new`, new Date(now).toISOString(), { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
  const folder = openSync(dirname(file), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
