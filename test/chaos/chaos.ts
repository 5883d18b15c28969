import { parseArgs } from 'node:util';
import { engines } from './engines.trial.ts';
import { fullDisk } from './full-disk.trial.ts';
import { kill } from './kill.trial.ts';
import { readOnly } from './read-only.trial.ts';
import { slowStore } from './slow-store.trial.ts';
import { NotHere, type Report } from './trial.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    kills: { type: 'string', default: '50' },
    seed: { type: 'string' },
    events: { type: 'string', default: '10000' },
    workers: { type: 'string', default: '3' },
    'kill-every': { type: 'string', default: '4000' },
    'restart-event-store': { type: 'string' },
  },
});
const seed = Number(values.seed ?? Math.floor(Math.random() * 1e9));
const [kills, events, workers, killEveryMs] = [values.kills, values.events, values.workers, values['kill-every']].map(
  Number,
) as [number, number, number, number];
const trials: Record<string, () => Promise<Report>> = {
  kill: () => kill({ kills, seed }),
  'full-disk': () => fullDisk({ seed, gate: 'off' }),
  'nearly-full-disk': () => fullDisk({ seed, gate: 'default' }),
  'read-only': () => readOnly({ seed }),
  'slow-store': () => slowStore({ seed }),
  engines: () => onEngines(),
};
const MOST_SHOWN = 20;
const say = (text: string) => process.stdout.write(`${text}\n`);

const names = positionals.length > 0 ? positionals : Object.keys(trials);
const unknown = names.filter((name) => !Object.hasOwn(trials, name));
if (unknown.length > 0 || ![seed, kills, events, workers, killEveryMs].every(Number.isInteger)) {
  say(
    `Usage: npm run chaos -- [${Object.keys(trials).join('|')} ...] [--seed n] [--kills 50] [--events 10000] [--workers 3] [--kill-every 4000] [--restart-event-store command]`,
  );
  process.exit(1);
}

function onEngines(): Promise<Report> {
  const { EVENTSTORE_URL: eventStore = '', MONGODB_URL: mongo = '' } = process.env;
  const restartEventStore = values['restart-event-store'];
  const given = { seed, events, workers, killEveryMs };
  if (eventStore === '' || mongo === '') {
    say(
      'SKIPPED the engines of engines, which runs on embedded stores: EVENTSTORE_URL and MONGODB_URL are not both set',
    );
    return engines(given);
  }
  const urls = { eventStore, mongo };
  if (restartEventStore !== undefined) return engines({ ...given, urls, restartEventStore });
  say('SKIPPED a restart of the event store: --restart-event-store does not say how');
  return engines({ ...given, urls });
}

say(`seed ${seed}`);
for (const name of names) {
  try {
    const report = await trials[name]?.();
    if (!report) continue;
    const { problems, summary } = report;
    say(`${problems.length === 0 ? 'passed ' : 'FAILED '} ${name}`);
    for (const counted of summary.split('\n')) say(`         ${counted}`);
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
