import { parseArgs } from 'node:util';
import { fullDisk } from './full-disk.trial.ts';
import { kill } from './kill.trial.ts';
import { readOnly } from './read-only.trial.ts';
import { slowStore } from './slow-store.trial.ts';
import { NotHere, type Report } from './trial.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { kills: { type: 'string', default: '50' }, seed: { type: 'string' } },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const kills = Number(values.kills);
const trials: Record<string, () => Promise<Report>> = {
  kill: () => kill({ kills, seed }),
  'full-disk': () => fullDisk({ seed, gate: 'off' }),
  'nearly-full-disk': () => fullDisk({ seed, gate: 'default' }),
  'read-only': () => readOnly({ seed }),
  'slow-store': () => slowStore({ seed }),
};
const MOST_SHOWN = 20;
const say = (text: string) => process.stdout.write(`${text}\n`);

const names = positionals.length > 0 ? positionals : Object.keys(trials);
const unknown = names.filter((name) => !Object.hasOwn(trials, name));
if (unknown.length > 0 || !Number.isInteger(kills) || !Number.isInteger(seed)) {
  say(`Usage: npm run chaos -- [${Object.keys(trials).join('|')} ...] [--kills 50] [--seed n]`);
  process.exit(1);
}

say(`seed ${seed}`);
for (const name of names) {
  try {
    const report = await trials[name]?.();
    if (!report) continue;
    const { problems, summary } = report;
    say(`${problems.length === 0 ? 'passed ' : 'FAILED '} ${name}: ${summary}`);
    for (const problem of problems.slice(0, MOST_SHOWN)) say(`         ${problem}`);
    if (problems.length > MOST_SHOWN) say(`         and ${problems.length - MOST_SHOWN} more`);
    if (problems.length > 0) process.exitCode = 1;
  } catch (error) {
    if (error instanceof NotHere) say(`SKIPPED ${name}, which is not tested now: ${error.message}`);
    else {
      say(`FAILED  ${name}: ${(error as Error).stack}`);
      process.exitCode = 1;
    }
  }
}
