import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { changeLine, compare } from './compare.ts';
import { InvalidOptions, readOptions, type Options } from './options.ts';
import { LOG_LEVEL } from './processes/carillon.ts';
import { dropAll } from './processes/resources.ts';
import { failureOf, parseResults, type Result } from './results.ts';
import { Bench, type Scenario } from './scenario.ts';
import { scenarios } from './scenarios/index.ts';
import { tableHead, tableLine } from './table.ts';

/** Beside the sources, where the results of earlier runs are looked for; this file runs from `dist/bench`. */
const RESULTS = join(import.meta.dirname, '../../bench/results');

const say = (text: string): void => void process.stdout.write(`${text}\n`);

async function measure(scenario: Scenario, options: Options): Promise<Result[]> {
  const bench = new Bench(scenario, options, (result) => say(tableLine(result)), say);
  try {
    await scenario.run(bench);
    return bench.results;
  } catch (error) {
    const failure = failureOf(scenario.name, error instanceof Error ? error.message : String(error));
    say(tableLine(failure));
    return [...bench.results, failure];
  }
}

function write(results: readonly Result[]): string {
  mkdirSync(RESULTS, { recursive: true });
  const file = join(RESULTS, `${new Date().toISOString().replaceAll(':', '-')}.json`);
  writeFileSync(file, `${JSON.stringify(results, null, 2)}\n`);
  return relative(process.cwd(), file);
}

async function run(): Promise<void> {
  const options = readOptions(
    process.argv.slice(2),
    scenarios.map(({ name }) => name),
  );
  // Before anything is measured: a file that cannot be read should not cost the run.
  const earlier = options.compare === undefined ? undefined : parseResults(readFileSync(options.compare, 'utf8'));
  const chosen = scenarios.filter(({ name }) => options.scenarios.length === 0 || options.scenarios.includes(name));
  const sizes = options.quick ? 'small sizes: look at trends, not at figures' : 'full sizes';
  say(`Node ${process.version}, ${availableParallelism()} cores shared by server, receiver and load; ${sizes}.`);
  say(
    `The measured server runs with LOG_LEVEL=${LOG_LEVEL}. ours and baseline are medians; ratio is ours / baseline.\n`,
  );
  say(tableHead);
  const results: Result[] = [];
  for (const scenario of chosen) results.push(...(await measure(scenario, options)));
  say(`\nWritten to ${write(results)}`);
  if (earlier) {
    const comparable =
      options.scenarios.length === 0 ? earlier : earlier.filter(({ scenario }) => belongs(scenario, chosen));
    say(`\nSince ${options.compare}:`);
    for (const change of compare(comparable, results)) say(changeLine(change));
  }
  if (results.some(({ error }) => error !== undefined)) process.exitCode = 1;
}

const belongs = (result: string, chosen: readonly Scenario[]): boolean =>
  chosen.some(({ name }) => result === name || result.startsWith(`${name} `));

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.on(signal, () => {
    dropAll();
    process.exit(code);
  });
}

try {
  await run();
} catch (error) {
  dropAll();
  process.stderr.write(`${error instanceof InvalidOptions ? error.message : String((error as Error).stack)}\n`);
  process.exit(1);
}
