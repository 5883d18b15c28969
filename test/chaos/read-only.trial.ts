import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NotHere, Trial, type Report } from './trial.ts';

const FILES = ['events.db', 'events.db-wal', 'read-models.db', 'read-models.db-wal', ''];

/** Makes the folder and the files in it immutable, also for those who have them open; `-i` undoes it. */
function mark(folder: string, how: '+i' | '-i'): void {
  const paths = FILES.map((file) => join(folder, file)).filter((path) => existsSync(path));
  try {
    execFileSync('chattr', [how, ...paths], { stdio: 'pipe' });
  } catch (error) {
    throw new NotHere('files cannot be made immutable (that takes Linux, root, and a file system such as ext4)', {
      cause: error,
    });
  }
}

/** Nothing can be written any more, and later it can again. */
export function readOnly({ seed }: { readonly seed: number }): Promise<Report> {
  return Trial.run({ seed }, async (trial) => {
    const { publishers } = trial;
    const { folder } = trial.data;
    await trial.begin();
    await trial.see('some load', () => publishers.accepted.size > 200);
    mark(folder, '+i');
    const before = publishers.accepted.size;
    try {
      await trial.see('refusals', () => publishers.refused > 5);
      await delay(2_000);
      await trial.seeReadsAnswered();
    } finally {
      mark(folder, '-i');
    }
    await trial.seeRecovery(publishers.accepted.size);
    return `${before} events before it was read-only`;
  });
}
