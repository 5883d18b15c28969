import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { EmbeddedData } from './trial-data.ts';
import { NotHere, Trial, type Report } from './trial.ts';

const MIB = 1024 * 1024;
/** As the server has it where nothing else is set. */
const DEFAULT_GATE = 256 * MIB;

/** A file system in memory that is as small as one wants, and can grow. @throws {NotHere} where that is not permitted. */
class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'carillon-disk-'));

  constructor(bytes: number) {
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'tmpfs', this.path], { stdio: 'pipe' });
    } catch (error) {
      rmdirSync(this.path);
      throw new NotHere('a file system cannot be mounted (that takes Linux, and root)', { cause: error });
    }
  }

  grow(bytes: number): void {
    execFileSync('mount', ['-o', `remount,size=${bytes}`, this.path]);
  }

  remove(): void {
    execFileSync('umount', [this.path]);
    rmdirSync(this.path);
  }
}

type FullDiskOptions = { readonly seed: number; readonly gate: 'off' | 'default' };

/** Publishes until the disk is full, gives it room, and goes on with the same process. */
export async function fullDisk({ seed, gate }: FullDiskOptions): Promise<Report> {
  const small = 24 * MIB + (gate === 'default' ? DEFAULT_GATE : 0);
  const disk = new SmallDisk(small);
  const folder = join(disk.path, 'data');
  mkdirSync(folder);
  const env = { MIN_FREE_DISK: gate === 'default' ? '' : '0' };
  const publishing = { padding: 3_000, largestBatch: 60, restMs: 20 };
  const report = await Trial.run({ seed, data: await EmbeddedData.in(folder), env, publishing }, async (trial) => {
    const { publishers } = trial;
    await trial.begin();
    await trial.see('a refusal for want of room', () => publishers.refused > 0);
    await delay(2_000);
    await trial.seeReadsAnswered();
    const refused = publishers.refused;
    await trial.see('another refusal', () => publishers.refused > refused + 3);
    // The gate leaves room for what is owed already.
    if (gate === 'default') await trial.drain();
    const before = publishers.accepted.size;
    disk.grow(4 * small);
    await trial.seeRecovery(before);
    return `${before} events until it was full`;
  });
  if (report.problems.length === 0) disk.remove();
  return report;
}
